import ArkaModel

extension DiagnosticCode {
    static let pluginNotLinked = DiagnosticCode("PLUGIN", 21)
    static let pluginNameTaken = DiagnosticCode("PLUGIN", 22)
    static let pluginNotLoaded = DiagnosticCode("PLUGIN", 23)
    static let pluginDependency = DiagnosticCode("PLUGIN", 24)
    static let pluginManagerEnded = DiagnosticCode("PLUGIN", 25)
}
