/// Signatures as Adobe Commerce and Adobe I/O Events make them, with a key pair whose private half is gone.
enum AdobeVectors {
    static let publicKey = """
        -----BEGIN PUBLIC KEY-----
        MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEAsn/D5UIsF5HemOPrpNxP
        s13VZdh4VaZzai5C/DUf40bBDEMw9agCG3xTAYQeMxSu/hllUWAxd5J7+pfiB5x7
        dH9WdryeY0LHb4TeXZ7+FTU+isCFzcBaanPxtIYws/n3AKIoF10nOCXILt9/mPFm
        INcYzwumYGhoL159FtThcPvPZKTeTTEtRMq7PlJipQ16pvdYxO3focKJdxsCCK0C
        IDN1pyXw2AwoxEYaNnn/9VatAIiA7Q6gXjedBTfver4tHLbDNepWCXVo/UfI357g
        CO60+MHpsCMfFfqx6dDH4DjZF3JgtUBXJbFJ8ianv11oexhL9Hg6TeeW6kkB4oD8
        nwIDAQAB
        -----END PUBLIC KEY-----
        """

    /// A webhook's body, which PHP wrote: slashes and other than ASCII characters are escaped.
    static let webhookBody = #"""
        {"order":{"increment_id":"000000042","grand_total":110.0,"customer_firstname":"Ren\u00e9e","url":"ht\#
        tps:\/\/shop.example.com\/o\/42","items":[{"sku":"AB-1","qty_ordered":2.0}]}}
        """#

    static let overBase64OfBody = """
        MqHSxxSB8q5yG6Yd696o6s0ifyQ1EJgFoP6iVEUSDPc5K3Kn1zfarPMncjwM39iH1/PcFrp4kjHCaHtwC19cjb2wciiOV4e9\
        c4/Jesx4jxTgbUAKwZWP9HWh2t2u4p/+RzFNHDdq+2zCDVqHKv2mfR7UUw8M1H0ysWEAOErHCEOZYySSBm4wsD8DkfRqTDWS\
        yC7174dCLebrlAnWkm3ekHTtTNFh1IjTklX09OU59bvxKFO6np2gFhNCthIy8L7RvZ2OW0+KEWQ/DYleaEVhQUfXK4QXwgkW\
        BRWyRTCjO5OCB/lshEuXunKT++3YcLg5YdQU8KeADI3Punzcr3iPFg==
        """

    static let overRawBody = """
        gkE2TRLS5cgsJfX+Apcvcli5fjIp4hcelM3GuxBKiQaekl62WCzlQWag4LDKWiNQCyrnoO5xPTyk9gvaBb6BGHITwxZtayRe\
        DRNI50HAu1TKMO5OengLSBqI0lMmapx1j8+6Oxy9uI+cqgZGIP02D2o5Zhv7v8GJ1GuFFvbABK7xG0hoIkiNdESB/gWiuJ0p\
        AH8naZWDaRpqqS02QTVX9nAbiYItOlfsTIPtL0bRLYiAzyduYUpE/uu9inlUPT6SNnYKS19UlO7FgiGjIEXvvbH22VcQ3yRU\
        +nh6OVLDP5MK2KoVms2iZt6ZfbfyASsu3/yZwKwND5S1zJYvUXTs/g==
        """

    /// Over the base64 text of ``reserialisedBody``.
    static let overBase64OfReserialisedBody = """
        WqPBZ5pH1oufZqCSvkQWWOKaHvdfDJuZ+JQtbTc4CVTEp9Qnk++HkogFqWt3ISakI7GJ67Wsg69v7+39cgBhtkz9kawDOwb2\
        H55wIw3rI6frTwqwnmo7/M/hhxFFhQPV4eXMTc3sZPnrbHCXBOeLSqkVM2nlz9NagPlwe2rq0dE5YM1fmD9FLWCG+yOtkqtn\
        CmH5agWihMavkUETdJAPUFVpFTPSD/JGsXxRR+iKCEFziUsHAIjtssi7oBJ8dpk972FjMInVXUUy0umx1HULK42t81NcNNPG\
        whH5Yj7oRNkus6CKi2XSaLlGx9UUuUpkgCSwfg6JLTlWK9wS0+pmBA==
        """

    /// The same document after it went through another JSON library: no longer what was signed.
    static let reserialisedBody = #"""
        {"order":{"increment_id":"000000042","grand_total":110,"customer_firstname":"Renée","url":"https://s\#
        hop.example.com/o/42","items":[{"sku":"AB-1","qty_ordered":2}]}}
        """#

    static let sharedSecret = "example-shared-secret"
    static let hmacOverBodyHex = "4364979dd876579f1cc4df080330396cd34c648415824f45ce882cb239c1476d"
    static let hmacOverBodyBase64 = "Q2SXndh2V58cxN8IAzA5bNNMZIQVgk9FzogssjnBR20="
    static let hmacOverBase64OfBodyBase64 = "mSDAb7YuguCXUbz/4FXAGDlwBWWpKJajG//9BCGGFII="

    static let eventBody = #"""
        {"specversion":"1.0","id":"5f0b5a0e-7f2c-4f0f-9b3a-0d7a3f1c2b11","source":"urn:uuid:11111111-2222-43\#
        33-8444-555555555555","type":"com.adobe.commerce.observer.sales_order_save_commit_after","dataconten\#
        ttype":"application/json","time":"2026-01-01T00:00:05.000Z","eventid":"9f2f7f7e-0f2e-4c6e-8a3d-2f9f6\#
        f1f0a01","event_id":"9f2f7f7e-0f2e-4c6e-8a3d-2f9f6f1f0a01","recipientclientid":"0123456789abcdef0123\#
        456789abcdef","recipient_client_id":"0123456789abcdef0123456789abcdef","data":{"key":"c0ffee00-0000-\#
        4000-8000-000000000001","value":{"id":"42","increment_id":"000000042","created_at":"2026-01-01 00:00\#
        :00","updated_at":"2026-01-01 00:00:00"},"source":"merchant.stage","_metadata":{"commerceEdition":"A\#
        dobe Commerce","commerceVersion":"2.4.9","eventsClientVersion":"1.22.0","storeId":"1","websiteId":"1\#
        ","storeGroupId":"1"}}}
        """#

    static let overEventBody = """
        MYYTFQgRqj/08mLZGbjXa9mT1RgmQtAjiRppKHsjf7d1wqsfXL99MGJgGvf2lx83HJZlFpuvLtypPB2HO8ZZnY8Jomqn8zU4\
        1y5I0RAk+1cPlEVrgx85ov0cGulnsE0FONnTNhNMFt3zD7xgnMC845qxGLkKYEyFDfAkiDpGmN+EPA5/c/TnqW9AN6q0/4tf\
        fEYU2zAA8mmkL6InZWsfMULhOyGk906QlYTfHWnNBYaaERnj+7DZc+52ohM0ul+g/OrhUDTM52nGW1NZmVW2SPQBjkjJA5/Y\
        mGzLiHiKrVgqmHDqziKkLsD98dAaOz0DBdm4wo5pwOw228zwQTzdsg==
        """

    static let eventClientSecret = "p8e-example-client-secret"
    static let hmacOverEventBodyBase64 = "ZG07Bw/vvOaaR++bv/vT+lo+7bu3imUrjrPmgqysB/8="
}
