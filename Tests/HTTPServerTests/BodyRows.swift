private func post(_ fields: String, _ body: String) -> String {
    "POST / HTTP/1.1\r\nHost: x\r\n\(fields)\r\n\r\n\(body)"
}

let lengthRows: [ParserRow] = [
    ParserRow("§6.2", "a body", post("Content-Length: 5", "hello"), .post("hello")),
    ParserRow("§6.2", "an empty body", post("Content-Length: 0", ""), .post("")),
    ParserRow("§6.2", "leading zeros", post("Content-Length: 005", "hello"), .post("hello")),
    ParserRow("§6.3", "no length means no body", post("A: b", ""), .post("")),
    ParserRow("§6.2", "a body that has not all arrived", post("Content-Length: 5", "hell"), .incomplete),
    ParserRow(
        "§6.2", "a body of the largest size", post("Content-Length: 32", String(repeating: "b", count: 32)),
        .post(String(repeating: "b", count: 32))),
    ParserRow("RFC 9110 §15.5.14", "a declared length above the limit", post("Content-Length: 33", ""), .tooLarge),
    ParserRow(
        "RFC 9110 §8.6", "a length that fits no integer", post("Content-Length: 99999999999999999999999", ""),
        .tooLarge),
    ParserRow(
        "RFC 9110 §8.6", "a length that overflows to a small one",
        post("Content-Length: 18446744073709551621", "hello"),
        .tooLarge),
    ParserRow(
        "RFC 9110 §8.6", "white space around the length", post("Content-Length:\t 5 \t", "hello"), .post("hello")),
    ParserRow(
        "RFC 9110 §8.6", "many leading zeros",
        post("Content-Length: \(String(repeating: "0", count: 40))5", "hello"), .post("hello")),
    ParserRow("RFC 9110 §8.6", "digits beyond ASCII", post("Content-Length: ٥", "hello"), .badLength),
    ParserRow("RFC 9110 §8.6", "an underscore in the length", post("Content-Length: 1_0", ""), .badLength),
    ParserRow("RFC 9110 §8.6", "a length in quotation marks", post("Content-Length: \"5\"", "hello"), .badLength),
    ParserRow("RFC 9110 §8.6", "an exponent", post("Content-Length: 1e1", ""), .badLength),
    ParserRow("RFC 9110 §8.6", "a length with a parameter", post("Content-Length: 5;a", "hello"), .badLength),
    ParserRow("§6.3", "a list with an empty member", post("Content-Length: ,5", "hello"), .badLength),
    ParserRow(
        "§6.3", "the same length twice in other cases", post("Content-Length: 5\r\ncontent-length: 5", "hello"),
        .badLength),
    ParserRow(
        "RFC 9110 §9.3.1", "a body of GET", "GET / HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\n\r\nhi",
        .requests([.init(body: "hi")])),
    ParserRow("RFC 9110 §8.6", "a plus sign", post("Content-Length: +5", "hello"), .badLength),
    ParserRow("RFC 9110 §8.6", "a negative length", post("Content-Length: -5", "hello"), .badLength),
    ParserRow("RFC 9110 §8.6", "an empty length", post("Content-Length:", ""), .badLength),
    ParserRow("RFC 9110 §8.6", "a hexadecimal length", post("Content-Length: 0x5", "hello"), .badLength),
    ParserRow("RFC 9110 §8.6", "a fraction", post("Content-Length: 5.0", "hello"), .badLength),
    ParserRow("RFC 9110 §8.6", "two numbers", post("Content-Length: 5 5", "hello"), .badLength),
    ParserRow("§6.3", "a list of equal lengths", post("Content-Length: 5, 5", "hello"), .badLength),
    ParserRow("§6.3", "the same length twice", post("Content-Length: 5\r\nContent-Length: 5", "hello"), .badLength),
    ParserRow("§6.3", "two lengths", post("Content-Length: 5\r\nContent-Length: 6", "hello!"), .badLength),
    ParserRow(
        "§6.1", "length and chunked", post("Content-Length: 5\r\nTransfer-Encoding: chunked", "0\r\n\r\n"),
        .failure("ambiguous-body-length", 400)),
    ParserRow(
        "§6.1", "chunked and length", post("Transfer-Encoding: chunked\r\nContent-Length: 5", "0\r\n\r\n"),
        .failure("ambiguous-body-length", 400)),
    ParserRow(
        "§6.1", "another coding before chunked", post("Transfer-Encoding: gzip, chunked", ""),
        .failure("transfer-coding-not-implemented", 501)),
    ParserRow(
        "§6.3", "chunked is not the last coding", post("Transfer-Encoding: chunked, gzip", ""),
        .failure("invalid-transfer-encoding", 400)),
    ParserRow(
        "§6.3", "a coding without chunked", post("Transfer-Encoding: gzip", ""),
        .failure("invalid-transfer-encoding", 400)),
    ParserRow(
        "§6.1", "identity, which no longer exists", post("Transfer-Encoding: identity", ""),
        .failure("invalid-transfer-encoding", 400)),
    ParserRow(
        "§6.1", "chunked twice", post("Transfer-Encoding: chunked, chunked", "0\r\n\r\n"),
        .failure("invalid-transfer-encoding", 400)),
    ParserRow(
        "§6.1", "chunked in two fields",
        post("Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked", "0\r\n\r\n"),
        .failure("invalid-transfer-encoding", 400)),
    ParserRow(
        "§6.3", "an unknown coding alone, whose 400 is a must", post("Transfer-Encoding: x-new", ""),
        .failure("invalid-transfer-encoding", 400)),
    ParserRow(
        "§6.1", "another coding in a field before chunked",
        post("Transfer-Encoding: gzip\r\nTransfer-Encoding: chunked", ""),
        .failure("transfer-coding-not-implemented", 501)),
    ParserRow(
        "§6.1", "identity before chunked", post("Transfer-Encoding: identity, chunked", "0\r\n\r\n"),
        .failure("transfer-coding-not-implemented", 501)),
    ParserRow(
        "§7", "chunked with a Kelvin sign for its k", post("Transfer-Encoding: chun\u{212A}ed", "0\r\n\r\n"),
        .failure("invalid-transfer-encoding", 400)),
    ParserRow(
        "§6.1", "a name that ends with chunked", post("Transfer-Encoding: xchunked", "0\r\n\r\n"),
        .failure("invalid-transfer-encoding", 400)),
    ParserRow(
        "§6.1", "two words", post("Transfer-Encoding: chunked identity", "0\r\n\r\n"),
        .failure("invalid-transfer-encoding", 400)),
    ParserRow(
        "§6.1", "a NUL behind chunked", post("Transfer-Encoding: chunked\u{0}", "0\r\n\r\n"), .badField),
    ParserRow(
        "§6.1", "an unknown coding and a length", post("Transfer-Encoding: x\r\nContent-Length: 5", "hello"),
        .failure("ambiguous-body-length", 400)),
    ParserRow(
        "§6.1", "an empty Transfer-Encoding and a length", post("Transfer-Encoding:\r\nContent-Length: 5", "hello"),
        .failure("ambiguous-body-length", 400)),
    ParserRow(
        "§6.1", "chunked with a length of nothing", post("Content-Length: 0\r\nTransfer-Encoding: chunked", ""),
        .failure("ambiguous-body-length", 400)),
    ParserRow(
        "RFC 9110 §5.6.1", "empty list members beside chunked", post("Transfer-Encoding: , chunked,", "0\r\n\r\n"),
        .post("")),
    ParserRow(
        "§6.1", "a length beside chunked in HTTP/1.0",
        "POST / HTTP/1.0\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\nhello",
        .failure("ambiguous-body-length", 400)),
    ParserRow(
        "§6.1", "chunked with a parameter", post("Transfer-Encoding: chunked;a=b", "0\r\n\r\n"),
        .failure("invalid-transfer-encoding", 400)),
    ParserRow(
        "§6.1", "chunked in quotation marks", post("Transfer-Encoding: \"chunked\"", "0\r\n\r\n"),
        .failure("invalid-transfer-encoding", 400)),
    ParserRow(
        "§6.1", "a vertical tab before chunked", post("Transfer-Encoding: \u{B}chunked", "0\r\n\r\n"), .badField),
    ParserRow(
        "§6.1", "an empty Transfer-Encoding", post("Transfer-Encoding:", ""),
        .failure("invalid-transfer-encoding", 400)),
    ParserRow(
        "§6.1", "chunked in HTTP/1.0", "POST / HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
        .failure("invalid-transfer-encoding", 400)),
    ParserRow(
        "§6.2", "a body in HTTP/1.0", "POST / HTTP/1.0\r\nContent-Length: 2\r\n\r\nhi",
        .requests([.init(method: "POST", body: "hi", keepsAlive: false)])),
    ParserRow("§7", "chunked in any case", post("transfer-encoding: CHUNKED", "0\r\n\r\n"), .post("")),
]

let chunkRows: [ParserRow] = [
    .chunked("§7.1", "one chunk", "5\r\nhello\r\n0\r\n\r\n", .post("hello")),
    .chunked("§7.1", "several chunks", "5\r\nhello\r\n1\r\n \r\n5\r\nworld\r\n0\r\n\r\n", .post("hello world")),
    .chunked(
        "§7.1", "sizes in either case", "A\r\n0123456789\r\na\r\n0123456789\r\n0\r\n\r\n",
        .post("01234567890123456789")),
    .chunked("§7.1", "leading zeros", "0005\r\nhello\r\n000\r\n\r\n", .post("hello")),
    .chunked("§7.1", "CR LF inside the data", "4\r\n\r\n\r\n\r\n0\r\n\r\n", .post("\r\n\r\n")),
    .chunked("§7.1.1", "an extension", "5;a=b\r\nhello\r\n0;c\r\n\r\n", .post("hello")),
    .chunked("§7.1.1", "an extension with white space", "5 ; a = b\r\nhello\r\n0\r\n\r\n", .post("hello")),
    .chunked("§7.1.1", "a quoted extension", "5;a=\"b;\\\" c\"\r\nhello\r\n0\r\n\r\n", .post("hello")),
    .chunked("§7.1.1", "several extensions", "5;a;b=c;d=\"\"\r\nhello\r\n0\r\n\r\n", .post("hello")),
    .chunked(
        "§7.1", "leading zeros up to the line's limit",
        "\(String(repeating: "0", count: 253))5\r\nhello\r\n0\r\n\r\n", .post("hello")),
    .chunked("§7.1.1", "an escaped quotation mark at the end", "5;a=\"b\\\"\"\r\nhello\r\n0\r\n\r\n", .post("hello")),
    .chunked("§7.1.1", "a tab before an extension", "5\t;a\r\nhello\r\n0\r\n\r\n", .post("hello")),
    .chunked("§7.1.1", "white space behind an extension", "5;a \r\nhello\r\n0\r\n\r\n", .badChunk),
    .chunked("§7.1.1", "an extension that begins with =", "5;=a\r\nhello\r\n0\r\n\r\n", .badChunk),
    .chunked("§7.1.1", "something behind a quoted value", "5;a=\"b\"c\r\nhello\r\n0\r\n\r\n", .badChunk),
    .chunked("§7.1.1", "a CR in a quoted value", "5;a=\"\r\"\r\nhello\r\n0\r\n\r\n", .badChunk),
    .chunked("§7.1.1", "a backslash at the end of a quoted value", "5;a=\"\\\r\nhello\r\n0\r\n\r\n", .badChunk),
    .chunked("§7.1.1", "a comma instead of a semicolon", "5,a\r\nhello\r\n0\r\n\r\n", .badChunk),
    .chunked(
        "§7.1.1", "extensions that are long together",
        String(repeating: "1;\(String(repeating: "a", count: 249))\r\nx\r\n", count: 17), .badChunk),
    .chunked("§7.1", "a size in other digits", "٥\r\nhello\r\n0\r\n\r\n", .badChunk),
    .chunked("§7.1", "a size with a h", "5h\r\nhello\r\n0\r\n\r\n", .badChunk),
    .chunked("§7.1", "a NUL behind the size", "5\u{0}\r\nhello\r\n0\r\n\r\n", .badChunk),
    .chunked("§7.1", "a size that overflows to a small one", "10000000000000005\r\nhello\r\n0\r\n\r\n", .tooLarge),
    .chunked("§7.1", "data that ends with CR alone", "5\r\nhello\r0\r\n\r\n", .badChunk),
    .chunked("§7.1", "a last chunk with data", "0\r\nhello\r\n\r\n", .badField),
    .chunked(
        "§7.1.2", "a trailer that would set a length", "0\r\nTransfer-Encoding: gzip\r\nHost: y\r\n\r\n", .post("")),
    .chunked("§7.1.2", "a trailer with a space before its colon", "0\r\nA : b\r\n\r\n", .badField),
    .chunked("§7.1.2", "a trailer that ends with LF", "0\r\nA: b\n\r\n", .badLineEnd),
    .chunked("§7.1.2", "a NUL in a trailer", "0\r\nA: \u{0}\r\n\r\n", .badField),
    .chunked("§7.1.2", "a trailer section without its end", "0\r\nA: b\r\n", .incomplete),
    .chunked("§7.1.2", "trailers, which are dropped", "0\r\nA: b\r\nContent-Length: 9\r\n\r\n", .post("")),
    .chunked("§7.1", "a body that has not all arrived", "5\r\nhel", .incomplete),
    .chunked("§7.1", "a last chunk without its empty line", "0\r\n", .incomplete),
    .chunked("§7.1", "a size that is no number", "x\r\nhello\r\n0\r\n\r\n", .badChunk),
    .chunked("§7.1", "a size with a prefix", "0x5\r\nhello\r\n0\r\n\r\n", .badChunk),
    .chunked("§7.1", "a negative size", "-5\r\nhello\r\n0\r\n\r\n", .badChunk),
    .chunked("§7.1", "a plus sign", "+5\r\nhello\r\n0\r\n\r\n", .badChunk),
    .chunked("§7.1", "no size", "\r\nhello\r\n0\r\n\r\n", .badChunk),
    .chunked("§7.1", "a space before the size", " 5\r\nhello\r\n0\r\n\r\n", .badChunk),
    .chunked("§7.1", "a space after the size", "5 \r\nhello\r\n0\r\n\r\n", .badChunk),
    .chunked("§7.1", "an underscore in the size", "1_0\r\nhello\r\n0\r\n\r\n", .badChunk),
    .chunked("§7.1", "a size line that ends with LF", "5\nhello\r\n0\r\n\r\n", .badLineEnd),
    .chunked("§7.1", "a size line with a CR alone", "5\rhello\r\n0\r\n\r\n", .badChunk),
    .chunked("§7.1", "data longer than the size", "4\r\nhello\r\n0\r\n\r\n", .badChunk),
    .chunked("§7.1", "data shorter than the size", "6\r\nhello\r\n0\r\n\r\n", .badChunk),
    .chunked("§7.1", "data that ends with LF", "5\r\nhello\n0\r\n\r\n", .badChunk),
    .chunked("§7.1", "data without an end", "5\r\nhello0\r\n\r\n", .badChunk),
    .chunked("§7.1", "a last chunk that ends with LF", "0\r\n\n", .badLineEnd),
    .chunked("§7.1.1", "an extension without a name", "5;\r\nhello\r\n0\r\n\r\n", .badChunk),
    .chunked("§7.1.1", "an extension without a value", "5;a=\r\nhello\r\n0\r\n\r\n", .badChunk),
    .chunked("§7.1.1", "an extension with a bad name", "5;a(b\r\nhello\r\n0\r\n\r\n", .badChunk),
    .chunked("§7.1.1", "a quoted extension that stays open", "5;a=\"b\r\nhello\r\n0\r\n\r\n", .badChunk),
    .chunked("§7.1.1", "a control character in an extension", "5;a=\"\u{1}\"\r\nhello\r\n0\r\n\r\n", .badChunk),
    .chunked("§7.1.1", "an LF in an extension", "5;a\nb\r\nhello\r\n0\r\n\r\n", .badLineEnd),
    .chunked(
        "§7.1.1", "extensions without end", "5;\(String(repeating: "a", count: 300))\r\nhello\r\n0\r\n\r\n", .badChunk
    ),
    .chunked("§7.1.1", "a size line that never ends", String(repeating: "0", count: 300), .badChunk),
    .chunked("§7.1", "a chunk above the body's limit", "21\r\n", .tooLarge),
    .chunked(
        "§7.1", "chunks together above the body's limit", "20\r\n\(String(repeating: "b", count: 32))\r\n1\r\n",
        .tooLarge),
    .chunked("§7.1", "a size that fits no integer", "FFFFFFFFFFFFFFFFF\r\n", .tooLarge),
    .chunked("§7.1", "a size that would be negative", "8000000000000000\r\n", .tooLarge),
    .chunked("§7.1.2", "a trailer that is no field", "0\r\nA b\r\n\r\n", .badField),
    .chunked("§7.1.2", "a folded trailer", "0\r\nA: b\r\n c\r\n\r\n", .badField),
    .chunked(
        "§7.1.2", "more trailers than the limit",
        "0\r\n\((1...9).map { "A\($0): b\r\n" }.joined())\r\n", .failure("too-many-header-fields", 431)),
    .chunked(
        "§7.1.2", "trailers longer than the limit", "0\r\nA: \(String(repeating: "b", count: 600))\r\n\r\n",
        .failure("request-head-too-large", 431)),
]

let connectionRows: [ParserRow] = [
    .field("§9.3", "HTTP/1.1 stays open", "A: b", .get),
    .field("§9.6", "close", "Connection: close", .requests([.init(keepsAlive: false)])),
    .field("§9.6", "close in any case among others", "Connection: Foo, CLOSE", .requests([.init(keepsAlive: false)])),
    .field(
        "§9.6", "close in the second field", "Connection: foo\r\nConnection: close",
        .requests([.init(keepsAlive: false)])),
    .field("§9.6", "close beats keep-alive", "Connection: keep-alive, close", .requests([.init(keepsAlive: false)])),
    .field("RFC 9110 §5.6.1", "empty list members", "Connection: , ,close,", .requests([.init(keepsAlive: false)])),
    .field("§9.6", "a word that only contains close", "Connection: closed", .get),
    ParserRow("§9.3", "HTTP/1.0 closes", "GET / HTTP/1.0\r\n\r\n", .requests([.init(keepsAlive: false)])),
    ParserRow("§9.3", "HTTP/1.0 with keep-alive", "GET / HTTP/1.0\r\nConnection: Keep-Alive\r\n\r\n", .get),
    .field("RFC 9110 §10.1.1", "an expectation of 100-continue", "Expect: 100-Continue", .get),
    .field("RFC 9110 §10.1.1", "the same expectation twice", "Expect: 100-continue\r\nExpect: 100-continue", .get),
    .field("RFC 9110 §5.6.1", "an expectation of nothing", "Expect:", .get),
    .field(
        "RFC 9110 §10.1.1", "100-continue with a parameter", "Expect: 100-continue;a=b",
        .failure("expectation-failed", 417)),
    ParserRow(
        "RFC 9110 §10.1.1", "an expectation before a body that is too large",
        "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 33\r\nExpect: 100-continue\r\n\r\n", .tooLarge),
    .field("RFC 9110 §10.1.1", "another expectation", "Expect: money", .failure("expectation-failed", 417)),
    .field(
        "RFC 9110 §10.1.1", "100-continue and another", "Expect: 100-continue, money",
        .failure("expectation-failed", 417)),
    ParserRow(
        "RFC 9110 §10.1.1", "an expectation in HTTP/1.0", "GET / HTTP/1.0\r\nExpect: money\r\n\r\n",
        .requests([.init(keepsAlive: false)])),
    ParserRow(
        "§9.3.2", "pipelined requests",
        "GET /1 HTTP/1.1\r\nHost: x\r\n\r\nPOST /2 HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\n\r\nhi"
            + "GET /3 HTTP/1.1\r\nHost: x\r\n\r\n",
        .requests([.init(path: "/1"), .init(method: "POST", path: "/2", body: "hi"), .init(path: "/3")])),
    ParserRow(
        "§9.3.2", "a request after chunks",
        "POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nhi\r\n0\r\n\r\n"
            + "GET / HTTP/1.1\r\nHost: x\r\n\r\n",
        .requests([.init(method: "POST", body: "hi"), .init()])),
    ParserRow(
        "§9.3.2", "a request that cannot be read behind one that can",
        "GET / HTTP/1.1\r\nHost: x\r\n\r\n\0\0\0", .badLine),
    ParserRow(
        "§6.3", "bytes behind a body are the next request",
        "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\n\r\nhixx / HTTP/1.1\r\nHost: x\r\n\r\n",
        .requests([.init(method: "POST", body: "hi"), .init(method: "xx")])),
    ParserRow(
        "§9.3", "HTTP/1.0 with keep-alive and close",
        "GET / HTTP/1.0\r\nConnection: keep-alive, close\r\n\r\n", .requests([.init(keepsAlive: false)])),
    .field("§9.6", "close with a Kelvin sign changes nothing", "Connection: \u{212A}eep-alive", .get),
    ParserRow(
        "§2.2", "an empty line between requests",
        "GET / HTTP/1.1\r\nHost: x\r\n\r\n\r\nGET / HTTP/1.1\r\nHost: x\r\n\r\n", .requests([.init(), .init()])),
    ParserRow(
        "§6.3", "what follows a body without a length is the next request",
        "POST / HTTP/1.1\r\nHost: x\r\n\r\nhello there HTTP/1.1\r\n", .badTarget),
]
