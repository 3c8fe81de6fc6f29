import Metrics
import Testing

@testable import Gateway

@Suite("Prometheus text")
struct PrometheusTests {
    @Test("has a family's help and type once, and its series sorted by label")
    func families() {
        let registry = PrometheusRegistry(help: ["orders_total": "Orders\nwith \\ and \"quotes\"."])
        Counter(label: "orders_total", dimensions: [("kind", "b")], factory: registry).increment(by: 2)
        Counter(label: "orders_total", dimensions: [("kind", "a")], factory: registry).increment()
        #expect(
            registry.text() == """
                # HELP orders_total Orders\\nwith \\\\ and "quotes".
                # TYPE orders_total counter
                orders_total{kind="a"} 1
                orders_total{kind="b"} 2

                """)
    }

    @Test("escapes label values and mends names")
    func escaping() {
        let registry = PrometheusRegistry()
        Counter(label: "9 lives", dimensions: [("a-b", "x\"y\\z\nw")], factory: registry).increment()
        #expect(registry.text().contains(#"_9_lives{a_b="x\"y\\z\nw"} 1"#))
    }

    @Test("counts one series once, whichever order its labels are given in")
    func labelOrder() {
        let registry = PrometheusRegistry()
        Counter(label: "c", dimensions: [("a", "1"), ("b", "2")], factory: registry).increment()
        Counter(label: "c", dimensions: [("b", "2"), ("a", "1")], factory: registry).increment()
        #expect(registry.text().contains(#"c{a="1",b="2"} 2"#))
    }

    @Test("shows timers as histograms in seconds, with buckets that add up")
    func timers() {
        let registry = PrometheusRegistry()
        let timer = Timer(label: "t", factory: registry)
        timer.recordNanoseconds(1_000_000)
        timer.recordNanoseconds(2_000_000)
        timer.recordNanoseconds(200_000_000_000)
        let text = registry.text()
        #expect(text.contains("# TYPE t histogram\n"))
        for line in [
            #"t_bucket{le="0.001"} 1"#, #"t_bucket{le="0.0025"} 2"#, #"t_bucket{le="120"} 2"#,
            #"t_bucket{le="+Inf"} 3"#,
            "t_sum 200.003", "t_count 3",
        ] { #expect(text.contains(line + "\n")) }
    }

    @Test("shows meters and gauges as they are")
    func gauges() {
        let registry = PrometheusRegistry()
        let meter = Meter(label: "m", factory: registry)
        meter.set(3)
        meter.decrement(by: 0.5)
        #expect(registry.text() == "# TYPE m gauge\nm 2.5\n")
    }

    @Test("keeps the first kind of a name, and goes on counting elsewhere")
    func kinds() {
        let registry = PrometheusRegistry()
        Counter(label: "x", factory: registry).increment()
        Timer(label: "x", factory: registry).recordNanoseconds(1)
        #expect(registry.text() == "# TYPE x counter\nx 1\n")
    }

    @Test("does not grow without limit, however many label values appear")
    func seriesLimit() {
        let registry = PrometheusRegistry()
        for number in 0..<(PrometheusRegistry.seriesLimit + 50) {
            Counter(label: "c", dimensions: [("n", String(number))], factory: registry).increment()
        }
        let lines = registry.text().split(separator: "\n")
        #expect(lines.count == PrometheusRegistry.seriesLimit + 2)
        #expect(lines.contains(#"c{overflow="true"} 50"#))
    }

    @Test("forgets a destroyed metric")
    func destroy() {
        let registry = PrometheusRegistry()
        let counter = Counter(label: "c", factory: registry)
        counter.increment()
        counter.destroy()
        #expect(registry.text().isEmpty)
    }

    @Test(
        "writes numbers without needless digits",
        arguments: [(0.0, "0"), (12, "12"), (0.25, "0.25"), (-3, "-3"), (.infinity, "+Inf")])
    func numbers(value: Double, text: String) { #expect(PrometheusText.number(value) == text) }
}
