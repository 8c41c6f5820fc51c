extension PluginServices {
    /// Asks a service that speaks JSON.
    /// - Parameters:
    ///   - method: The method.
    ///   - url: The address without a query.
    ///   - query: What is asked for; names and values are percent-encoded here. A list gives its name
    ///     once for each element.
    ///   - headers: Header fields besides those for JSON.
    ///   - body: What is sent; `nil` for nothing.
    ///   - timeout: How long it may take.
    ///   - inexactNumbers: What becomes of numbers that have no exact value.
    /// - Returns: The body of the answer; `null` if it is empty.
    /// - Throws: ``PluginError`` without the query, which may be personal: if no answer came, if its
    ///   status is not 200 to 299 (`HTTP error 500 from api.example`), or if it is not JSON.
    public func requestJSON(
        _ method: HTTPRequest.Method = .get, url: String, query: [(String, PluginValue)] = [],
        headers: [HTTPRequest.Header] = [], body: PluginValue? = nil,
        timeout: Duration = .seconds(30), inexactNumbers: InexactNumbers = .refused
    ) async throws(PluginError) -> PluginValue {
        var headers = headers
        headers.append(.init("Accept", "application/json"))
        if body != nil { headers.append(.init("Content-Type", "application/json")) }
        let request = HTTPRequest(
            method, url + QueryText.text(of: query), headers: headers, body: body?.json,
            timeout: timeout)
        return try read(try await answer(to: request), of: request, inexactNumbers)
    }

    private func answer(to request: HTTPRequest) async throws(PluginError) -> HTTPResponse {
        do throws(HTTPFailure) {
            return try await http.perform(request)
        } catch {
            throw PluginError(
                "HTTP error (\(error.kind.rawValue)): \(error.message)",
                isRetryable: error.isRetryable)
        }
    }

    private func read(
        _ response: HTTPResponse, of request: HTTPRequest, _ inexactNumbers: InexactNumbers
    ) throws(PluginError) -> PluginValue {
        let host = QueryText.host(of: request.url)
        guard (200..<300).contains(response.status) else {
            // Of the 3xx and 4xx, only 408 and 429 say that another attempt may fare better.
            let isFinal =
                (300..<500).contains(response.status)
                && response.status != 408 && response.status != 429
            throw PluginError(
                "HTTP error \(response.status) from \(host)", isRetryable: !isFinal)
        }
        if response.body.isEmpty { return .null }
        do throws(JSONRefusal) {
            return try PluginValue(json: response.body, inexactNumbers: inexactNumbers)
        } catch {
            throw PluginError("HTTP error: the answer from \(host) is \(error)")
        }
    }
}
