// Places that investigators asked to watch. The ids are made up.

rule watched_terminal(severity: "high", tags: ["terminal", "skimming"]) {
    when {
        transaction.terminal.id in ["T-SKIM-01", "T-SKIM-02"]
        not (customer.id in ["C-AUDIT"])
    }
    then {
        reject(reason: "the terminal copies cards")
    }
}
