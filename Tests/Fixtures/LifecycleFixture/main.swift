// A program for the signal tests: signals can only be tried on a process of one's own whose first
// statement blocks them. Usage: LifecycleFixture MODE GRACE_MILLISECONDS
import ArkaSystem

blockSignals()
exitProcess(runFixture(CommandLine.arguments))
