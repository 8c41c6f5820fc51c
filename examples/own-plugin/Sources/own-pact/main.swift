import ArkaEngine
import ArkaSystem
import EntityCheck
import Glibc
import PactProgram

// Nothing may stand before this: a thread that starts earlier would die of the first signal.
blockSignals()
let plugins = PluginRegistry().linking(EntityCheckPlugin.self, namespace: "own")
exit(runPact(Array(CommandLine.arguments.dropFirst()), plugins: plugins))
