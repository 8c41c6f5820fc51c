import ArkaEngine
import ArkaSystem
import Glibc
import PactProgram

// Nothing may stand before this: a thread that starts earlier would die of the first signal.
blockSignals()
let plugins = PluginRegistry().linking(ServicePlugin.self, namespace: "bench")
    .linking(KeyedServicePlugin.self, namespace: "bench")
exit(runPact(Array(CommandLine.arguments.dropFirst()), plugins: plugins))
