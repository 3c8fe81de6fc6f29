import Relay

extension RelaySettings {
    init(_ section: ConfigurationSection?) {
        self.init()
        guard let section else { return }
        intakeOnly = section.flag("intakeOnly", default: intakeOnly)
        if let table = section.section("retry") { retry = RetrySchedule(table, fallback: retry) }
        if let table = section.section("lanes") {
            for flow in KnownFlow.allCases { lanes[flow] = table.section(flow.lane).map(LaneOptions.init) }
            table.finish()
        }
        if let table = section.section("destinations") {
            for name in KnownDestination.allCases {
                destinations[name] = table.section(name.rawValue).map(DestinationOptions.init)
            }
            table.finish()
        }
        if let table = section.section("flows") {
            for flow in KnownFlow.allCases {
                guard let section = table.section(flow.rawValue) else { continue }
                policies[flow] = SubjectPolicy(section)
                flows[flow] = RetryRules(section, fallback: retry)
            }
            table.finish()
        }
        section.finish()
    }
}

extension RetrySchedule {
    /// - Parameter fallback: What holds for keys that the section leaves out.
    fileprivate init(_ section: ConfigurationSection, fallback: RetrySchedule) {
        self = fallback
        let wait = Duration.milliseconds(10)...Duration.seconds(86_400)
        firstWait = section.duration("firstWait", in: wait, default: firstWait)
        longestWait = section.duration("longestWait", in: wait, default: max(longestWait, firstWait))
        giveUpAfter = section.duration(
            "giveUpAfter", in: .milliseconds(10)...(.seconds(30 * 86_400)), default: giveUpAfter)
        if longestWait < firstWait {
            section.refuse(
                "longestWait", found: Quantity.text(longestWait),
                expected: "at least firstWait, \(Quantity.text(firstWait))")
        }
        section.finish()
    }
}

extension RetryRules {
    fileprivate init(_ section: ConfigurationSection, fallback: RetrySchedule) {
        self.init(schedule: fallback)
        if let table = section.section("retry") { schedule = RetrySchedule(table, fallback: fallback) }
        if let table = section.section("treat") {
            for kind in RetryRules.changeable where table.child(kind.rawValue) != nil {
                exceptions[kind] = table.value(kind.rawValue, expected: "retry or park") {
                    Treatment(rawValue: $0).flatMap { $0 == .hold ? nil : $0 }
                }
            }
            table.finish()
        }
        section.finish()
    }
}

extension SubjectPolicy {
    /// Leaves the section to who reads the rest of it.
    fileprivate init(_ section: ConfigurationSection) {
        self.init()
        let words = ["hold": false, "letPass": true]
        if section.child("whenParked") != nil {
            parkedLetsPass =
                section.value("whenParked", expected: "hold or letPass") { words[$0] } ?? parkedLetsPass
        }
    }
}

extension LaneOptions {
    fileprivate init(_ section: ConfigurationSection) {
        self.init()
        concurrency = section.integer("concurrency", in: 1...256, default: concurrency)
        calendar = LaneCalendar(section)
        section.finish()
    }
}

extension DestinationOptions {
    fileprivate init(_ section: ConfigurationSection) {
        self.init()
        limits.concurrency = section.integer("concurrency", in: 1...256, default: limits.concurrency)
        if section.child("callsPerSecond") != nil {
            limits.callsPerSecond = section.integer("callsPerSecond", in: 1...10_000, default: 1)
        }
        limits.longestRetryAfter = section.duration(
            "longestRetryAfter", in: .seconds(1)...(.seconds(86_400)), default: limits.longestRetryAfter)
        if let breaker = section.section("breaker") { limits.breaker = DestinationSettings.Breaker(breaker) }
        calendar = LaneCalendar(section)
        section.finish()
    }
}

extension DestinationSettings.Breaker {
    fileprivate init(_ section: ConfigurationSection) {
        self.init()
        failures = section.integer("failures", in: 1...1000, default: failures)
        let wait = Duration.milliseconds(10)...Duration.seconds(86_400)
        coolDown = section.duration("coolDown", in: wait, default: coolDown)
        longestCoolDown = section.duration("longestCoolDown", in: wait, default: max(longestCoolDown, coolDown))
        if longestCoolDown < coolDown {
            section.refuse(
                "longestCoolDown", found: Quantity.text(longestCoolDown),
                expected: "at least coolDown, \(Quantity.text(coolDown))")
        }
        section.finish()
    }
}
