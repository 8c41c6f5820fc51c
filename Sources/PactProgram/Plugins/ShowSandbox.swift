import ArkaConfig
import ArkaEngine
import ArkaJSON
import ArkaModel
import ArkaSystem

/// Prints what a plugin may do.
func showSandbox(_ options: PluginSandboxCommand.Options, _ plugins: PluginRegistry) -> Int32 {
    let loaded = findSandbox(
        of: options.plugin, manifest: options.manifest, linked: plugins.linked,
        environment: Child.currentEnvironment, files: .system)
    guard let finding = loaded.value else {
        return report(loaded.diagnostics, asJSON: options.asJSON, summary: options.plugin)
    }
    StandardStream.output.writeAll(
        options.asJSON ? finding.json : Array(finding.shownText.utf8))
    return 0
}

extension SandboxFinding {
    /// The bounds for people: one block for each thing that is bounded.
    var shownText: String {
        let title = [reference.map { $0 == name ? $0 : "\(name) (\($0))" } ?? name, version]
            .compactMap { $0 }.joined(separator: " ")
        var lines = [title, trust, ""]
        let aspects = policy.aspects
        let width = (aspects.map(\.name.count).max() ?? 0) + 2
        for aspect in aspects where aspect.values != nil {
            let isHeld = aspect.isHeldInProcess || !isInProcess
            let label = aspect.name + (isHeld ? "" : " *")
            lines.append(padded(label, width + 2) + aspect.words)
            for (part, own) in sources(of: aspect) {
                lines.append("    \(part.origin): \(own.words)")
            }
        }
        let unbounded = aspects.filter { $0.values == nil }.map(\.name)
        if !unbounded.isEmpty {
            lines.append("no bound: " + unbounded.joined(separator: ", "))
        }
        return lines.joined(separator: "\n") + "\n"
    }

    /// What to think of the bounds.
    private var trust: String {
        isInProcess
            ? "It is part of this program, so it is trusted: its hosts, ports, times, secrets and "
                + "variables are held; what has a * is written down and not enforced."
            : "It is not part of this program, which therefore does not run it."
    }

    /// The parts that bound something, each with its own bound of it.
    private func sources(of aspect: SandboxAspect) -> [(SandboxPart, SandboxAspect)] {
        parts.compactMap { part in
            let own = part.policy.aspects.first { $0.name == aspect.name && $0.values != nil }
            return own.map { (part, $0) }
        }
    }

    private func padded(_ text: String, _ width: Int) -> String {
        text + String(repeating: " ", count: max(1, width - text.count))
    }

    /// `arka.sandbox/1`
    var json: [UInt8] {
        var json = JSONWriter()
        json.beginObject()
        json.member("schema", "arka.sandbox/1")
        json.member("name", name)
        json.member("plugin", reference)
        json.member("version", version)
        json.name("in_process")
        json.boolean(isInProcess)
        json.name("bounds")
        json.beginArray()
        for aspect in policy.aspects {
            json.beginObject()
            json.member("name", aspect.name)
            json.appendValues(of: aspect)
            json.name("enforced")
            json.boolean(aspect.values != nil && isInProcess && aspect.isHeldInProcess)
            json.name("sources")
            json.beginArray()
            for (part, own) in sources(of: aspect) { json.append(part, own) }
            json.endArray()
            json.endObject()
        }
        json.endArray()
        json.endObject()
        return json.bytes + [UInt8(ascii: "\n")]
    }
}

extension SandboxPart {
    /// Where it stands, for people.
    fileprivate var origin: String {
        guard let place else { return key }
        let position = place.source.position(at: place.range.start)
        return "\(place.source.name):\(position.line):\(position.column) \(key)"
    }
}

extension JSONWriter {
    fileprivate mutating func member(_ name: String, _ text: String?) {
        guard let text else { return }
        self.name(name)
        string(text)
    }

    fileprivate mutating func appendValues(of aspect: SandboxAspect) {
        name("values")
        guard let values = aspect.values else { return null() }
        beginArray()
        for value in values { string(value) }
        endArray()
    }

    fileprivate mutating func append(_ part: SandboxPart, _ own: SandboxAspect) {
        beginObject()
        member("key", part.key)
        if let place = part.place {
            let position = place.source.position(at: place.range.start)
            member("file", place.source.name)
            name("line")
            integer(position.line)
            name("column")
            integer(position.column)
        }
        appendValues(of: own)
        endObject()
    }
}
