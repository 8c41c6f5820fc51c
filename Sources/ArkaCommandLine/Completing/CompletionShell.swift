/// A shell for which there is a completion script.
///
/// The scripts only ask the program (`__complete WORDS…`), so they never go stale.
enum CompletionShell: String, CaseIterable, Sendable {
    case bash, zsh, fish

    /// The script for a program of this name.
    func script(for program: String) -> String {
        switch self {
        case .bash: bashScript.replacing("PROGRAM", with: program)
        case .zsh: zshScript.replacing("PROGRAM", with: program)
        case .fish: fishScript.replacing("PROGRAM", with: program)
        }
    }
}

private let bashScript = #"""
    _PROGRAM() {
        local line current="${COMP_WORDS[COMP_CWORD]}"
        [[ "$current" == "=" ]] && current=""
        COMPREPLY=()
        while IFS= read -r line; do
            line="${line%%$'\t'*}"
            if [[ "$line" == $'\x01files' ]]; then
                compopt -o filenames 2>/dev/null
                while IFS= read -r line; do COMPREPLY+=("$line"); done < <(compgen -f -- "$current")
            elif [[ -n "$line" ]]; then
                COMPREPLY+=("$line")
            fi
        done < <("${COMP_WORDS[0]}" __complete "${COMP_WORDS[@]:1:COMP_CWORD}" 2>/dev/null)
    }
    complete -F _PROGRAM PROGRAM

    """#

private let zshScript = #"""
    #compdef PROGRAM
    _PROGRAM() {
        local -a items
        local line word
        while IFS= read -r line; do
            if [[ "$line" == $'\x01files' ]]; then
                _files
            elif [[ -n "$line" ]]; then
                word="${line%%$'\t'*}"
                items+=("${word//:/\\:}:${line#*$'\t'}")
            fi
        done < <("${words[1]}" __complete "${(@)words[2,CURRENT]}" 2>/dev/null)
        (( ${#items} )) && _describe 'PROGRAM' items
    }
    compdef _PROGRAM PROGRAM

    """#

private let fishScript = #"""
    function __PROGRAM_complete
        set -l words (commandline -opc) (commandline -ct)
        for line in ($words[1] __complete $words[2..-1] 2>/dev/null)
            if test "$line" = \x01files
                __fish_complete_path (commandline -ct)
            else
                echo $line
            end
        end
    end
    complete -c PROGRAM -f -a '(__PROGRAM_complete)'

    """#
