import Testing

@testable import HTTPClient

@Suite struct NetworkAddressTests {
    @Test(
        "an address of the open internet is public",
        arguments: [
            "8.8.8.8", "20.150.1.2", "100.63.255.255", "100.128.0.0", "172.15.255.255", "172.32.0.1", "192.0.1.1",
            "168.63.129.15", "223.255.255.255", "2606:4700::1111", "2a00:1450:4001::1", "::ffff:8.8.8.8",
            "64:ff9b::808:808",
        ])
    func open(_ text: String) throws {
        #expect(try #require(NetworkAddress(text)).isPublic)
    }

    @Test(
        "this machine, its network, metadata services and ranges set aside are not, however they are written",
        arguments: [
            "0.0.0.0", "127.0.0.1", "127.255.255.254", "10.0.0.1", "100.64.0.1", "100.100.100.200", "169.254.169.254",
            "172.16.0.1", "172.31.255.255", "192.168.1.1", "192.0.0.170", "192.0.2.1", "198.18.0.1", "198.19.255.255",
            "198.51.100.7", "203.0.113.9", "224.0.0.1", "240.0.0.1", "255.255.255.255", "168.63.129.16", "::", "::1",
            "fe80::1", "fe80::1%eth0", "fd00:ec2::254", "fc00::1", "ff02::1", "::ffff:127.0.0.1",
            "::ffff:169.254.169.254",
            "64:ff9b::a9fe:a9fe", "64:ff9b:1::1", "2001:db8::1", "2002:7f00:1::", "2001:0:1::", "::127.0.0.1",
            "3fff::1",
            "100::1",
        ])
    func closed(_ text: String) throws {
        #expect(try !#require(NetworkAddress(text)).isPublic)
    }

    @Test(
        "what is no address is not read as one",
        arguments: ["", "localhost", "1.2.3", "1.2.3.4.5", "[::1]", "0x7f.1"])
    func notAddresses(_ text: String) {
        #expect(NetworkAddress(text) == nil)
    }

    @Test("is written as it is read", arguments: ["169.254.169.254", "2606:4700::1111"])
    func written(_ text: String) throws {
        #expect(try #require(NetworkAddress(text)).description == text)
    }
}
