extension DynamicsODataSettings {
    init(_ section: ConfigurationSection?) {
        self.init()
        guard let section else { return }
        let wait = Duration.seconds(1)...Duration.seconds(900)
        probeAtStart = section.flag("probeAtStart", default: probeAtStart)
        readTimeout = section.duration("readTimeout", in: wait, default: readTimeout)
        writeTimeout = section.duration("writeTimeout", in: wait, default: writeTimeout)
        firstCallTimeout = section.duration("firstCallTimeout", in: wait, default: firstCallTimeout)
        section.finish()
    }
}
