/// A body with everything that changes when JSON is parsed and written again (`110.0`, `\/`, `\u00e9`), signed in
/// each way. Made with OpenSSL; the private half of the key was thrown away.
enum SignatureVector {
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

    static let body = Array(
        #"""
        {"order":{"increment_id":"000000042","grand_total":110.0,"customer_firstname":"Ren\u00e9e",\#
        "url":"https:\/\/shop.example.com\/o\/42",\#
        "items":[{"sku":"AB-1","qty_ordered":2.0}]}}
        """#.utf8)

    static let rewrittenBody = Array(
        """
        {"order":{"increment_id":"000000042","grand_total":110,"customer_firstname":"Renée",\
        "url":"https://shop.example.com/o/42","items":[{"sku":"AB-1","qty_ordered":2}]}}
        """.utf8)

    static let rsaOverBase64 =
        "MqHSxxSB8q5yG6Yd696o6s0ifyQ1EJgFoP6iVEUSDPc5K3Kn1zfarPMncjwM39iH1/PcFrp4kjHCaHtwC19cjb2wciiOV4e9"
        + "c4/Jesx4jxTgbUAKwZWP9HWh2t2u4p/+RzFNHDdq+2zCDVqHKv2mfR7UUw8M1H0ysWEAOErHCEOZYySSBm4wsD8DkfRqTDWS"
        + "yC7174dCLebrlAnWkm3ekHTtTNFh1IjTklX09OU59bvxKFO6np2gFhNCthIy8L7RvZ2OW0+KEWQ/DYleaEVhQUfXK4QXwgkW"
        + "BRWyRTCjO5OCB/lshEuXunKT++3YcLg5YdQU8KeADI3Punzcr3iPFg=="

    static let rsaOverBody =
        "gkE2TRLS5cgsJfX+Apcvcli5fjIp4hcelM3GuxBKiQaekl62WCzlQWag4LDKWiNQCyrnoO5xPTyk9gvaBb6BGHITwxZtayRe"
        + "DRNI50HAu1TKMO5OengLSBqI0lMmapx1j8+6Oxy9uI+cqgZGIP02D2o5Zhv7v8GJ1GuFFvbABK7xG0hoIkiNdESB/gWiuJ0p"
        + "AH8naZWDaRpqqS02QTVX9nAbiYItOlfsTIPtL0bRLYiAzyduYUpE/uu9inlUPT6SNnYKS19UlO7FgiGjIEXvvbH22VcQ3yRU"
        + "+nh6OVLDP5MK2KoVms2iZt6ZfbfyASsu3/yZwKwND5S1zJYvUXTs/g=="

    static let rsaOverBase64OfRewritten =
        "WqPBZ5pH1oufZqCSvkQWWOKaHvdfDJuZ+JQtbTc4CVTEp9Qnk++HkogFqWt3ISakI7GJ67Wsg69v7+39cgBhtkz9kawDOwb2"
        + "H55wIw3rI6frTwqwnmo7/M/hhxFFhQPV4eXMTc3sZPnrbHCXBOeLSqkVM2nlz9NagPlwe2rq0dE5YM1fmD9FLWCG+yOtkqtn"
        + "CmH5agWihMavkUETdJAPUFVpFTPSD/JGsXxRR+iKCEFziUsHAIjtssi7oBJ8dpk972FjMInVXUUy0umx1HULK42t81NcNNPG"
        + "whH5Yj7oRNkus6CKi2XSaLlGx9UUuUpkgCSwfg6JLTlWK9wS0+pmBA=="

    static let secret = "example-shared-secret"
    static let hmacOverBodyBase64 = "Q2SXndh2V58cxN8IAzA5bNNMZIQVgk9FzogssjnBR20="
    static let hmacOverBodyHex = "4364979dd876579f1cc4df080330396cd34c648415824f45ce882cb239c1476d"
    static let hmacOverBase64Base64 = "mSDAb7YuguCXUbz/4FXAGDlwBWWpKJajG//9BCGGFII="
}
