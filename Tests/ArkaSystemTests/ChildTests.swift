import ArkaModel
import ArkaSystem
import Testing

@Suite struct ChildTests {
    @Test func `a child's exit code and CPU time are seen`() throws {
        let child = try Child("sh", ["-c", "exit $CODE"], environment: ["CODE": "7"])
        let ended = try #require(child.wait())
        #expect(ended.exitCode == 7)
        #expect(ended.userTime + ended.systemTime > .zero)
        #expect(child.poll() == ended, "asking again gives the same answer")
    }

    @Test func `a child inherits the variables that it is to have, and no other`() throws {
        let test = "test -n \"$PATH\" && test -z \"$HOME\" && test \"$CODE\" = 7"
        let child = try Child(
            "/bin/sh", ["-c", test], inherited: ["PATH"], environment: ["CODE": "7"])
        #expect(child.wait()?.exitCode == 0)
        let all = try Child("/bin/sh", ["-c", "test -n \"$HOME\""], environment: ["CODE": "7"])
        #expect(all.wait()?.exitCode == (Child.currentEnvironment["HOME"] == nil ? 1 : 0))
    }

    @Test func `a signal ends the whole group`() throws {
        let child = try Child("sh", ["-c", "sleep 1000 & wait"])
        child.signal(9)
        let ended = try #require(child.wait())
        #expect(ended.exitCode == 137)
    }

    @Test func `a program that does not exist is an error at once`() {
        #expect {
            try Child("/no/such/program", [])
        } throws: { error in
            (error as? SystemError)?.code == .childFailed
        }
    }

    @Test func `a program that does not end within its limit is killed`() throws {
        let child = try Child("sh", ["-c", "sleep 1000 & wait"])
        #expect(child.wait(within: .milliseconds(1)) == nil)
        #expect(child.poll()?.exitCode == 137)
        let quick = try Child("true", [])
        #expect(quick.wait(within: .seconds(60))?.exitCode == 0)
    }
}
