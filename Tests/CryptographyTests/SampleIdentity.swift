/// A certificate with its key in each of its forms, made with the `openssl` command for these tests; they protect
/// nothing. The password is `geheim`.
enum SampleIdentity {
    static let certificate = """
        -----BEGIN CERTIFICATE-----
        MIIDJjCCAg6gAwIBAgIBBTANBgkqhkiG9w0BAQsFADAsMRAwDgYDVQQKDAdDb250
        b3NvMRgwFgYDVQQDDA9DYXVzZXdheSBwcsO8ZnQwHhcNMjYxMTIxMTM0NDAzWhcN
        MzYxMTE4MTM0NDAzWjAsMRAwDgYDVQQKDAdDb250b3NvMRgwFgYDVQQDDA9DYXVz
        ZXdheSBwcsO8ZnQwggEiMA0GCSqGSIb3DQEBAQUAA4IBDwAwggEKAoIBAQC1xevb
        oyRUNVhm0hCRF9w+nsAJIPD8ShsUro2zb8/3uKrP5RB5eSWb+BdAHs+io0CuhyZh
        pxYFV0GOxPRxEJLfX1zZz8Z9ptAojpuLZFVQGcYSNLpW6W2JSzh3G0NCxNgavYqu
        l7rpCLbOPAU+Qh//a5Dlf6czdbzQCCa5RumJaRhVYBZ1mkz0gNk26oCywY0YR+cc
        xnP5lg7qbL6VQH/VfIKkjNHNRAQ6LODbJ6jpOhTDl/FHn0J1wyJFc+3A+0bIaL/y
        YpLBKB02WZZjZfT+0g5x8GgzoXT8M2phfv51fR97RXbpNBsQfj7WQ0lma+nkqvxY
        AZ7lWRAMyagMavZ7AgMBAAGjUzBRMB0GA1UdDgQWBBTaALlm/ooeGbVZobUj8h56
        ILXp0jAfBgNVHSMEGDAWgBTaALlm/ooeGbVZobUj8h56ILXp0jAPBgNVHRMBAf8E
        BTADAQH/MA0GCSqGSIb3DQEBCwUAA4IBAQAfWc0xUsDb8ES3vqujfB0YOMvtjV7p
        mRGRyyjnuqqIx4ftiLCh3u13S2iV4oCDtdmYAd0PTUkeDLpdaygDkck9wvv8bxwX
        ZzgAabZrZQVLhH4v0vdDh8KHcf0Br/tgG6CkNXiMU3rGft4le96ABZCl3EscGvKG
        zSblNNlUb6c9Dg7UK2Qbkr3XHIQ80LiL2D2l8InWDAlhTAMoJdaEhyxULWcS+9dV
        bUapVdkkaQ6jKyaDfg1kea6pQ7P49KFdOh/E8ZAeTnlsOCESDZVeYU/58KV30xlf
        +eXDfp4gor1FYc7mUv1aG4hyTx6dHw+HK/SvJ8m+xncOSH7D7Y5jbqpW
        -----END CERTIFICATE-----
        """

    static let key = """
        -----BEGIN PRIVATE KEY-----
        MIIEvAIBADANBgkqhkiG9w0BAQEFAASCBKYwggSiAgEAAoIBAQC1xevboyRUNVhm
        0hCRF9w+nsAJIPD8ShsUro2zb8/3uKrP5RB5eSWb+BdAHs+io0CuhyZhpxYFV0GO
        xPRxEJLfX1zZz8Z9ptAojpuLZFVQGcYSNLpW6W2JSzh3G0NCxNgavYqul7rpCLbO
        PAU+Qh//a5Dlf6czdbzQCCa5RumJaRhVYBZ1mkz0gNk26oCywY0YR+ccxnP5lg7q
        bL6VQH/VfIKkjNHNRAQ6LODbJ6jpOhTDl/FHn0J1wyJFc+3A+0bIaL/yYpLBKB02
        WZZjZfT+0g5x8GgzoXT8M2phfv51fR97RXbpNBsQfj7WQ0lma+nkqvxYAZ7lWRAM
        yagMavZ7AgMBAAECggEARiLLAaEuGEvJA0tUVxeUxJiuUhdixIW3c0ByrmSbIuMf
        DT4+IBCtgUO1fOkmhoNlJrJBDfbRWVg0lGjMRH/3m7aI9gXkeYEO2kdEHwGkpVZ8
        hXPQ3k4NFKdwbwyW5EFdfNvbkcg7t0TEfEjOYRpUjFItw0+A7SslokMy5dRFsd2z
        q9z2NKuZEStCdwaGMd0RsB3R8XSi4bBC9fPhwWOjIIPXrG7iShiLIhF6IixkfzTF
        n8pfoOj7GpRbvZuNWU9CPp22YFQNryGK9KabVNo6vKpdwiBa9BRiP+c6dRTxfq+b
        RIjf4xcShW6wdBlPZ1x+M4mgGzHoprsuQnLH0yWIoQKBgQDZQvEEfhxekhKrH4wl
        6Cj9sR1cDk0Wrfk8tTarSNLcryBf/1bvUqBgm0TYCz+AY1m4nk16E8ZpJvHY8+nz
        UFGa/TcL7p0QmItd047zp/vOLz0ahSE8E68/ICqY2kQxg7UDa3/c7H8wJc/OIbcV
        ihX3xtRQsQvF8R3tTIs+GrK3qwKBgQDWLxZ/HW1+Ki3rAhvW1Yl9ivLXcAqLz5MY
        gVVhjXg2IBVeQvGFiGjEXW4CrkAGofJpkGkdvvY88MC4fPJgCJq7nlN0uG+mBnuU
        yw+O/G8bNcfFGPppA9Gg9MB6/K6FB2UZeoaTo89qXrfQ50+JKr7VIcIaRDPlzgPz
        fJ3We2OscQKBgAzgNsB5aN0B8zFJEVk9xRAj6wWFo3Pwo5DBfJfyHO0PQ+/shg5w
        6yhOi2nyYLUPLkYOu7C8c0nQEQ02h2rwG6X/079VSOGu6LOK0jIGhpnVmt1zfmC9
        Gem30k50wQ3eLGAjgtRo/7CuzP3+aYdRQ7QHiJWvqG72tztVCfuIQYc5AoGAK2DE
        BKCYIVo3jIYTz1HWE7gFcL5/VEuI9giTmztEommjCkEymyHCXiqx8hcKXo2EA/88
        WsrnIfZ8gaDEkdCMTf1F17jW2+AqPTtW/lV/xxoASJnDdWtRlHCdXws36TdTMXLQ
        OKyPgHKIdeWzBQvENHQu1JUFkcBEqpaNfPfmevECgYBD73QiN6Ah8Bxc0HnP1Z97
        3GXalIBPS3S7o+VbKho3V5HlyJwlLkVPJfCPj8zQuP1Pd5aQY77UPw6mvfAvknlS
        GFe0Slp3ArJYM2hK9dcbLv0RW8qIpBTlDDsxoSdLCyNqyw+T1HPP6tPrerLSZ224
        UZnw6KuxlKdDZVAzcaWCmA==
        -----END PRIVATE KEY-----
        """

    /// PKCS #8 under PBES2 with AES-256.
    static let encryptedKey = """
        -----BEGIN ENCRYPTED PRIVATE KEY-----
        MIIFLTBXBgkqhkiG9w0BBQ0wSjApBgkqhkiG9w0BBQwwHAQIeg5OU/vTItUCAggA
        MAwGCCqGSIb3DQIJBQAwHQYJYIZIAWUDBAEqBBBoctHF7JtBOD72Q/zNhBwEBIIE
        0BP4QZFIR8d5N8LHFl7Ksi1xJyIsyO6IG6t8OtljsAJrtwYbq7KhprfSsqem/JWW
        Jm2sXITPOeWNhl5nzgC9yB/6oxxpkqfpCo1kPNn3yaxdMkjOFQ3eFhu9vYGpFf5v
        WmfFkvrRML54r7OorXV783lDFIYS/AWCu3gCxXEnALi8MOSUGPD6UMOwlt/clkZl
        zwnOT/sIt4RaC7Ob6vCqP6cTaFcAnd1MsXI4xFpPP9+6tZusa+GIwRRZ4XYitNEI
        OOAwU0S+OIlEwYP2eWaq/cdRZlWQpPdCQNmZbrLRmX36Bnjo+Mf2/FzYx+3vvSqL
        +/yh1UPsIiyxlYxMeRePqdjOhkH391vXcre0IsbyPkPYnd9J0P5lIzDiVJoG5mQE
        SPxegprXyNUHlFJQ8djpnXbJHaCjj5eNa/MeIvKjW13fFBRwpYj3zRSjf2o14RFZ
        sEmm4quOQLtFD68K+dZbesMklMrlcsKVb6ZQwullSljjSweUEl3iKz5RsUFSpMvE
        wAjXpZxXDH5e2aOJiKytVAJPZ6ChyEMDvDNkbOV30OIzY/X6ztMnTCdKnbfzGkCB
        eEm2nAYewAuWF+h1ThUD+xQa/wcFbllUadG4/QhI0vvm6fLsR2X9pjACmzx0tre+
        wM2m9hxddji2cEcgqjUc88wkhhYp2AfgGmSWA11yZjC/RhA1PiXSgRQ/aAo/znkM
        b8rreIDHIox9YUk0TPTO3cj8OJNoHY+dDO+IwBpMVsA0mwR9O92RnHsJf0tQRKyL
        L/kqNm9Cgx6ZATFbaPu7k9cO2E+2jMLIy8s6Jjqbz3BxWUGwKV2900fnVMlTYK23
        cOlChTyoTvjGJ/z9pioQu99+hNeFs5oAL2G2GkzEW5Gnuo/evkzVO607/lElfXu1
        blWl/tZY8y97gKinnGMxk0//qv2tvKLDecD8HyElMlPPRybpU7JxQ46wkARv9cYC
        EFe2699BJc9CMB8yPqBLixLR/buHDT68vLVauVQ17E7Yw791zuGle5Ys2RgOqYgz
        3v/G6rJclFSqJZiUw+EQ2D0vxiMb9lGiavpPqcNZ5xukxbYtTzyAWjhe/B+3DBF7
        /z6nhMW79M7viWIetUuUUiioi0LJyPf0Z8JFpFY3T5VyR+3ESnBlOBVrMwm8YEBa
        HJ+3PRRNTQgc+MU+67YsJQEGqdojGarEKFJGFfqnbHQnoJMOyQarYMaW0ooARGyf
        BkVp5pJ82qtnRLIyxL95fp+BTWEcsNypI1Qsqo3faUQ6XO7PygApiu/N273OQ0ko
        qLU5t0l3ag2y3Gw9ouZ53ERIHsorNWsBc+qJXhnFCXYQ8afSj60sB7+pNEdO7Pfx
        gfpg46MLjMH0B5NhW970pR9um2YZ+grHyDa8x06p6qtWqYtV4ydL8tdKo8Y+41XA
        qQtzRf55JFFwyds1xEFQ2AVEmJZ7LckGZT810aasYCz//C03yJQbakzKszVT5cIg
        jlCHzt4IZnhCtquRbVAitICyBqcBsIB5yVeRkfHPDc96RloNfh4stRsbTXfYoi4m
        FLpfZ/r78VKGrLX82Yfb8NpuBM5yLxEaoRLKbeG7qAnYYsih9CetH/yIbvBTqsjW
        xUM60V230mtApcv7Jj5bGCG3CxjARivfVYD+mN7hXPhh
        -----END ENCRYPTED PRIVATE KEY-----
        """

    /// PKCS #8 under RC2 with 40 bits, which only OpenSSL's legacy provider opens.
    static let oldEncryptedKey = """
        -----BEGIN ENCRYPTED PRIVATE KEY-----
        MIIE6jAcBgoqhkiG9w0BDAEGMA4ECPdtF/psmo/iAgIIAASCBMhdPuu+XyQfzs3b
        +MzAyMmKRcZgRArjwQ5PKhF5LMPHJwOL6GsLSh/XtkheZDhZXiXiSowabmwDZ/UT
        MFd3KEAEZuslgmWYH1MUedRxkNIzyh/uZU90fVOpOk5TuOdgsXwrBtT/EyE7d9aZ
        FqPHRSGWSwrCv62gMcVuyt5Nwi105SFFWrDNKImj7jlKLxlefsxP0sAIuKS6ayBn
        F2eCdbEbFOXrd2KBiR7nzVBsBnVP+ieWQReQlXVIy6/cJHojk3q4vI2z2U24b4My
        ATHDHfvuNznPLClM4Zo2k/RoR9yvhiQou7JLawYrjpfO8xhUNk8BkdbSKX21+/gZ
        Rq5SytQeDktj7h5MFkRVVTvcCX25BP20kPmy/Xo5d0Pc4gLhoiiZicxsa6gTX5nq
        GJwQYTOr8eihBNSXrv1r/csR055fHTyujBbbktoSjiMlm3qygwAcxjUisk3N40xU
        1urNXB9W31qbMFxDzESpRNIVryYh9Np5T0bdzzkjMGXLSdMXX/ts4ZJw/zcBWGRN
        jFklqbdBG/eZWf0dBOdSHomuKB8ZMmoC3NNeZq9NZqrLvpZK6HgXl3FLbyqhzM7J
        bKa7ouPB9Do4k/l6CPmz1+ZThQPWCnrVZJttmIp7qfApiJu6DkInGTHXEHPIGQPW
        CGFcvVbedbEfiQQStYsbi4Wj9TDQxe/BUo1MlnY7KHliNOpjOWQ9hqnM0mDngTGZ
        98Swnvr61mc3kcehjEgSt+jTMoIXRY+cIQY6+oMRKq0fz1zfk/4vd0O6Xudo0YGN
        EhYMn1DedfNERXvz2w98TWR6cjSfJo5xKxqpwUCmK2tILg+tQovhwa4s/SReljA0
        1fmhP51gmtxKUjHBwhuucCIKMQ6Qf7+ydkbio3L+z3MLMQ84w8WbEWpmGd8CI46E
        5rfP7JkFTLAjZeAzrESxnph40adyK3+ymH+7mZEvOUOkDHGJTiIi1RfeNaauptsY
        cO8FcO0vAOMF49lAwLPjCpuNeLdMZSBvIthZZ0T6k+48mJTCCTiPhum13zhL+r13
        5s8q/ni0wITjDVZgxH0A4+iRBR94niYwyVFW0kmAEfnxx2QUzj+h/Prk81b02IIZ
        NJWqGsdbNycmb5dq9iKnxFkCeJiGloOVid+g5BcdTzIwTmRzHTX/UdkSpTeEbyrb
        FJhbAHkQI436Ycs/jfhmD6MwbIB6gdg0VfMLrGp0HgKfR9PqWzYKZ4McPmHds0cf
        a00LGhXbWcPZBAHch3w+zAcgR679u4wFbyM/Fc7jZkLUWJG7yMlhb3JzTzQs4b4P
        W3+tIuR8cM+1W/yCIm08OE+1MrQSqsd1N5NXbVYibGVBveMuPhOpEUeFrOUoqD4e
        j1MciVER/xE94HDf3ZZgyfZgQYtCA7OMyt2OSXyhkb8D8v57Cpsvp1vt3QnVx0QV
        fL1gMhDAQXDqh3FTK1j+2SgJvu0JKBSvJK93ZNxKRR+OL7HkMVm5Rg9AL3GmyoGx
        H7D1spRYA2HTVyf51ZbKmAmjlvLzRYSqRe+s437AUxv5DGn/iKlI9Co6Yd3OhC53
        g1Z5QtRrL5zJ8cGC3ElTBRzo+9LUCUSnePa071gNywRsJFUb/Ky1ZuN5PRPyGz/T
        YAVENhHI/HlrELGmdbM=
        -----END ENCRYPTED PRIVATE KEY-----
        """

    /// PKCS #1 with the older labels' own encryption.
    static let traditionalKey = """
        -----BEGIN RSA PRIVATE KEY-----
        Proc-Type: 4,ENCRYPTED
        DEK-Info: AES-128-CBC,CD988BA4CA1626CA6C74FC28CB9156D1

        WbEa5sf1IRBCs+qoSRuxXBY34U90h5KfBlrD3tn31UdreghLolWyiiKYGOJTobzR
        IU1VJaLYSrRG43Jrqz7wQXD3EMSKX8uiiK/Fr/jPHcKgD8WEmYvNEybD2rUkwtyN
        u/gyqKy8a63N1Q8neipfLZBnadCAa9oB4aZfklNM+TYQMhg/nLNTc/qbi67Zt1D7
        PV04eCrswvPpA5LlDg2gfbUKXNFEQ1k/rZ3HJVNnatS0B0GuhkwOPKVbfN5ZpBKh
        snf3kJpsXi2kcwAhEj+R33PbPGW5D7rdRhgheB77mj2G7nEfeo7wKpz9Xm0GY95D
        wq6sw3/PjDdcLioJYFlkwehdLfToasENibrNuGQ4St6zl8G/7Py/afL5UPb7Y51a
        JsYqWy/IdvmFW0lds9GaGWS+D4dVmxtrKmR1GTgxwbDwAlB+bcL51446WANc3p0T
        bqOGkDlUUz6g5AQQXPU1wlAegLb2pablpPAf1BnFhdz3qSGnknR+HIynS32DTsjX
        QCMTVliCQEKUg9wuvjtAn9kNjqrjctbt4rZE2hEhzoOOFP/DUCvigbV4PJM3HORG
        kJYg/NQfV3zaPB8bwQWLFny/kJ/kVqg3JZrumEw4YyYGnxmGO7NSxEeNlHeFg901
        9D0l9yU7egPc6Ks/fEArJTvRnZ9lg25d/9YbWEjxxQyP+ZUhdkjyZ+jdHipSJuBS
        UMM6inaa6qjSvHUm8tZkVxob13Ob6SNa/98jRhKMFu6YESroAjuszzUWmoJUiNb8
        /OcB3Ne3JXiHyQli4o3ATi1r8hYytObDeiaqajZPzoRRAzWs3B9i2M+zd8fObiTr
        zl86bPlpx73C3zAxjtxHp7Mzux+Wxql2xmLSMifYdMcyRZ/35pefiOOa3TX4sMA1
        wtTVhNccmvWWoWbqfs+7dD2pwuV/1v1+/1UJSr1Ttt+8YAQu0sbBpB89XwofU1M6
        LPmMhRlteVWF/pudShybuDaYVblaUNh/gtqxJeLNSWUp22Btjn3wY/q6IZe7jqRq
        GeuDCNg5AlHlLBRvbr0Kia73bBGejn/8tWecEqKRbzs0Ig5HaDnND0IY0Ez5+gk7
        SOTSOxXI3Y5Y8wf+AylnxPjGFcdCWunmtkrIoN1ia1D+R+GeXxztLUFOlTOtDkl6
        EwqR+LPinGuaCuulpTaq9IS662s1wk1biPsGjtIoerMlZE0mZShBRW/ko+cng4X/
        aunbFgNLWtCJs8hrbLptfqf8m29f6O9NyOWHCaYzE4eeVh0Z2qnPDst12nN3iz+5
        6sCAmhARpVc90D7+yskjtgd3Ak9GJHqi6IZ6zHTNtAjNfbdYaaHaZT7Tj0RcUZYy
        2tatkVQiDPjKRRHGMN5n67WTNuVlV6j51m6mjvnhr3QkeUmjgLuwM8Eg+OZ0HKVJ
        WLzhpxHum39wvYn351GcsmClEXoBXeNXW5HQUPq9j5whog0VonAJ5iz90Lh1HkDG
        8GoCsC/oKCBgt7kWGagDE01CADFcMt9nLNkq1Gz/RTBzRe75DpIFtYe99LAejttU
        CDqnfxnhMKAUe/DvE+56tj5BdiYocTrZYhdvWQsT1eJsf0qkyvgSlZ61qHM0ppzC
        -----END RSA PRIVATE KEY-----
        """

    /// AES-256, as OpenSSL 3 writes by itself.
    static let pkcs12 = """
        MIIJ/wIBAzCCCbUGCSqGSIb3DQEHAaCCCaYEggmiMIIJnjCCBBIGCSqGSIb3DQEHBqCCBAMwggP/AgEAMIID+AYJKoZIhvcNAQcB\
        MFcGCSqGSIb3DQEFDTBKMCkGCSqGSIb3DQEFDDAcBAjbjK9Q0fFuFAICCAAwDAYIKoZIhvcNAgkFADAdBglghkgBZQMEASoEEDpW\
        nBQx3dHb/Jd+WjuUItyAggOQK+6dZeZWywTXvTOZQgosn6E39GvbSV/hG51yJ8uq9xkCwbOSxjAGt2wY6chkcetLMgO7q02HDuCI\
        nffTQZIKAdv57G2dMigKl4c+/6euJkKw7QiWgteG8u5spElV+V7DhGqwDSf+l0W8Ghmy+VAbkCPNs0c765wLiWisyefpfyCwqRT7\
        VvxOVNuNpe1QVIO0c3HgHx50tLnTojiT3RmUgZCQSKmvVFiKXZJJ2KWl1/OT6mOBs0u+PvrXXtbHOClyNDbB0l05Q4jV+J9RWbca\
        iZve7UIiCZXllB08fuuuajfdyxhlV5MONj1UMXXw3KAhrToj3L5rCUYdKV/jMyLDl35YC3ZD9bEeU7jHjYmC9UdVwdYEL4qBWsG3\
        Dbouw3Ip16K2llFSSge3O/pdbk8FjT10xL1vVfagNYkLbLasIDLGQ9M73ofOVtNGu7+0+yD2XCq+ssz8QOzHO0AS/1SAdYfdyA9Y\
        Bo44vIRbCqy4/it5sEtJxGOYk0JTun8ODxLAMA97AMIWA47N+aLFThstKOwFESmxnRuxcCQeewdPTkdOou06xoxlNrkCYWJ/y0dt\
        fW7qYFAeVWKNBdsWuMjkZTJ33PaUce0d4rOEWrRw4RJJHBCfsRCg/LVUAiQzdaMG4znqNdmZngAhSreKuOIxq7Dx0uYqBZO7MJTq\
        mkyQwF4bL8rlU7nYsfgJgt9nRE95GwGlMHqdoMablr5S0ND4SWXmFtidIgRDWL7j+8Hbr6qZcq+UsB57Mq4tg/SwgQgeEwo/Bryo\
        jQbcPPfFwhaDsedn3KnAjyDzXKyAcujQNTSKk89B0euz5ttODgMbMjpEUuUF+BOG7lyitM6+E5rG8C6B9c//A0yVt6CxwchWJUkK\
        inO4qbynyx6SVbcf3tBIJ9DLCnmaTyrTLnJM6RrCoR052VAhW2v4LoksfiG8lW/pQ0G0A4v9wlURo/FahJxqq3bfQMl+uIofat43\
        VFWqCOvk5EHKqvLRok1XcwJL5l6QmaSeDuTYan5uZT3EpcQReVhc5iz2eqAfUubiowFv2RjN+9W8nsI7aIV1FqBR6NtRW/+yWBfq\
        EzrIcHKOsJZAa8MOKTCcwu/Cc+Qfzrg6ccsY1YM2KJhxdE5oGur0KaTHQZsw+g1LeOS9r8xHkr79znbqCkFTp4XkpCGBNtk9+kSL\
        MnlYWnlScIGIKQ/YovUA3ICbmeXESIHNSEyadQAoMIIFhAYJKoZIhvcNAQcBoIIFdQSCBXEwggVtMIIFaQYLKoZIhvcNAQwKAQKg\
        ggUxMIIFLTBXBgkqhkiG9w0BBQ0wSjApBgkqhkiG9w0BBQwwHAQI6tcIeotgpNUCAggAMAwGCCqGSIb3DQIJBQAwHQYJYIZIAWUD\
        BAEqBBAXsneQHM5mbp4nLe9RaEiqBIIE0NlSPTJZnmaBAm2cYVCQb/8WBS8cFx1HNG4AVCg5UZYSs+1/iKyt31IghhrMiKHLBI9H\
        67z0PSDoGOvNqdHPeXflbQc4KcdSFlRRAZhD1j9R6Wj7LhGKTaYPJdcWktR2RIMXixofmuQYXYg4e45NvB3InCHsCtFWvEkAto4a\
        /RgxSmI3xYtrCPT7AzJ8hZAuFYiYXtOL2Blnff7b9GN1C8WuPZJFHGosPuJPhy8h14aczvLJLoODao3hZh14uEXqOr58kN1tkFMN\
        I+EIqQG2VQb3XHOMrIOnqmrFowjBnpzUowaadzMMsU3e1SG5R4dtNNm9HJVwPMH+aNJnn4NXoN42I6wrXJFXSOZ/tjPqTiaHr8xI\
        Rvu3MgZTIACSxf2PrgsvKyOiJtTnoLTNmfXrXl063pGzFVSuWYsLCwNJR6uWh7fMGMSdMPoV48hwBY+PVqQdOmwBHYEcgYpENCvY\
        kxLF7Vr894H0MaBhszfQMO+hielAm675+loeLWiDEPqIAspc2mqTB6Z8/YX1CtPug1V+x+ouQ2guzJNLPwxXMS0der1LMQGYunqa\
        emAWNF/GPH3srb1cxxFcFKToFvKT0vmKLe4UbxlzpVJx54IGtILZEwpPgHvKW0TgXKNcszRHEIlNtrVn/NPSldqyuxPjo5yT5pZg\
        jZhgnvEOAEneIuarlkp3PlWXxQiYGTqXaUFW/bWzwhrt02wNAEFKQBDJiPGiC4qhrkZNBintApJ+4/ZWdMXS+FmeFZxhlGpJ2lHt\
        FUXlWmNjuEKO6Amd0AiDdtvUIv6kRt1QVed1KsoRtb8IM4TIyYCzCe4hULMz8lwsajKqDBLkKjufiHnPcODBVL2yue6m9KzEuqbb\
        ftN33vQiA/0WmuSmFmciTVCJ96/vlDivVPADNplV5FZZy019UfBRcCLt8Wdghzc64aQIEB13YahmKR4XkwTocij4xsnRUu7jrKe6\
        FbfykU5YhcSqamWE28Pkd21u2wdJv5ZjBq8prItL5UwaRFA6sGTh5o6XkSZEeiQ3q5sl862A8/ZXm/2Su32Ca8AWQrGxaTrcjHR7\
        nQ8X5eEDlFSWlFtidCX04tSSaFdl1FAfrU1Ozx35+GQgwXP0PyppyVSsr3mmf1EtJRP6lTCIrQmYM27DUZzeVWicOP0LnET1stkT\
        buy47cwZgScN8f74OxiAPDJJA5CLsa8SjH6/gzkMLV5+yVjS+1OFQTM1tVGaYu0rqgZ5Vrn4xYYuC06JqlQM+y6dHjp/Qx0IlN68\
        HTMpiVUsxriNZlrePaV/18JoknX+ShgInFm93vXHCT8DX0WqnRXLktx4UQW30KRLgQIA4rSae0Zj2EKR5DnlPlmWTTuj7c8J4FU6\
        D9CZrAfDzvnq5D8rQ7dR4C6duMQAmJfh8qv1W7sBfM4KaNTU+BGQjv7GSMe73xyU6P0/1vS9m/PLIALvnlA3KJqfpTbW7guEy6sw\
        8Q7bvp6rCM18qbgMH3xVO6d6sq8Uf6R0eQ0qxpjNWgKeJdyh+QciUJeSTM5K76XuE9yykMTe4J+SefDXWfBgXd8fE4qVeFS9xPJe\
        0p3PycX4ZwiKCQtaBPSytUHgk41YaNmnFJf9hI9HSE7thNVFh062g7jS1h68MMF1ll7TrZPYr+5HMSUwIwYJKoZIhvcNAQkVMRYE\
        FPrqYIwXp3PFIGrO7kU5qxyJWN1KMEEwMTANBglghkgBZQMEAgEFAAQguOAkePR2aWdmwoKzLirrVKa9Qe5G2aFwmRWaRua2qMwE\
        CCw2TB2P3XsuAgIIAA==
        """

    /// RC2 with 40 bits for the certificate, as older programs wrote.
    static let legacyPKCS12 = """
        MIIJaQIBAzCCCS8GCSqGSIb3DQEHAaCCCSAEggkcMIIJGDCCA88GCSqGSIb3DQEHBqCCA8AwggO8AgEAMIIDtQYJKoZIhvcNAQcB\
        MBwGCiqGSIb3DQEMAQYwDgQIEePbNAANq3kCAggAgIIDiPEesCD+6f3lLOLpogKgrr+iL+4SMJV1Zdc8se2nJXP7TH23hnzH49vF\
        gnO7joInRQbWAV26G6enjJ2klZJEQgqkLAPlHW8pXD+fzUDJR2D8kEDI8SLDtCFg33cfze1vv4zABcg4Fi5oICZNCEFYAD5VHyQJ\
        ueQylv3oPn7GQwpEGQE82xIda6AAeM0TYK/9KEdtSdQ9I1hl9S/1svUc3U8bhzGac65Ez704/vU2TpFclR2ma7A2HyHFtYMKKC+m\
        RvgP09qR42te7sYKtN3MiCBQJ6qqDyN/K818k1Oi3ffAN2DDWqU1UCcApWSud0BNe65qyrldZnUxYDvPxAbhqKLE2CHTlHy0okm9\
        BHSdTHVWUc1p3XHKETA6sJ2UUpESwn76WEzNxc11EEXW4S0pA4kXDH+ilMjcmbHERKlCovc/pKiW6B40olstP2Es1wq/9mk8Bdma\
        sotqo12QErzC+f2vMkK7uO9zB68MUPAAZfF4Ew0WrbUfv3teW3TWPnTCO/782ApmEDVYwkXtF3Ob6fTS6qFt/iCWZlv7MRpCDFqa\
        yrsncuMN4HYt4O/pNueBoJKCzHQsCzR/+Ft3lEy1cw6Y2YJKTwElUTH9MCPYRV5+8/pvk0tzdNeUE2xH+q188zQtGdrdwexW5vY6\
        CQJheBpFo8xITIwR+dp3dS0lLW97PFcn3CtBRkDXjIu2ri53W7QubEKP18CqjNiXEaMEIStukxxIb34iomOrK9nLcUNwtT5nOZl+\
        d0mEfPMiBr7WHnPi2YtUzrDKXEcm1LP/SodXH3IdOcLczGPZKWYuFB2WROlR4ZrVxmXlZ7vHeou4mvRMxwekUnLMu5AFSxskEIyS\
        yfzjlMEEjLNwyQOtqzir0z220W4WZONv8Zh+zMI7aSD4VDaJxKB1M5k7cjWw3yvayfXAtTVWvXgHBiIDpGbPS4AdyQAcUizyqQC3\
        oa7vAPrYu1EH04dZMDAHRBdrDm9GyH1idARCqWk0obn5AJcQVxSMEYabJQeOx7XCKK/kwjcsr3dbBMdp2l7fc4Xvolgjw9/5K08Q\
        rFu9UCW44tX8bqYgsmgxTC0BA2X2u1qORwv3FvwJ9wIEpkDZt92YLKZQl2O1l67FdSZo4AlfAAsYv/oc2s+GaUvnFD9EVVnQBnK+\
        nT4CoaRrBLr+fchMUEn953CppbN8O38sW+AoTISf+DpsCmnPEVEwggVBBgkqhkiG9w0BBwGgggUyBIIFLjCCBSowggUmBgsqhkiG\
        9w0BDAoBAqCCBO4wggTqMBwGCiqGSIb3DQEMAQMwDgQIeVCiEQDwBxICAggABIIEyBJ9Ee5SaajQkZeuxNXSBeoODNiErar49TGS\
        j0rt4N/+DdP9gyNmOev9gifKhoG9XxMKilip+RBO97ChjupFjbT03syUoABgcW/TVE2duvH1DSV1aDX5QIorL30wZGjxC2aInkEe\
        CFjsAp1aADWV5g57S6v7r6QmacujC5uViFdQheGSevch0Yza/XKPzVt9NuFXeS+Zxt82eqFFfUbCASSf9O6wIsH72u/jIpJ7QFJW\
        mkhvnBYTdA6Ou3e6qeik6969/cOsoJaZ3uCY/S9k/U8UAoBUs295JQmcPv81Ve+D0ZEQGCU0fyZQEo0OOZTa60JM4IJPBtzS7WsR\
        vpGIWf0eVrhM+Q2YOg+JQRONC9WDR3C2S61sr1ifyb45dcGQ71v77nqKqPln0nVAZNkucNbvfNBTF+l/2i64tB/hZ0MZtpNUOhuu\
        9Q+JebxhsFVGfYWCNWTGHyc2QTeTPKMtAV4Z5bM9vQeRQkTe9aphn/u2NaL3x12hQmuglVG0z6RGI8ozkkUE952S3VOwmSlf0/Ws\
        EhAH4U8oOkPnEBE9APilZtaTuqqsbDlCTkWoncZwoixisQGi/711qGSmKFhhnsEH4dSWzo8H7CJSlfX9ycln2YKKc4gUek+5ukpC\
        woQiXqxLnx7bODZDZFdGCzaTFnjZ+entZpH534BulgIqWFXgE83Ikffru4XlF4fkJKf5MiC/WuJnZr0a7wKE+7UAV/STP2O763tp\
        kTKj0qJIE66RH4CFeUyxNW5GJ9XWSkjN2ikwcDKtmYkhuWW535ihAyG7ovaVmOBZhGGUlE2VQcG1Q0ms2O5cp9ywM6ru8bOKjpDN\
        xR996JcZVjCTP9WO8zHgTPbizdevKO1Qc3Kr12Pe3gWczWJJ7Hw6D7+yZWnNs79TTfeXzAUzf5OQkfv5/MKOhtYzEv84x0LMhOKs\
        eVx2r8QVNB3bXk4SHkqxTikFhVeSqWQpqRS8xIkclWA87r+cO0+D+6C5lS/arw5LreR8ANJgdTKp4Hv7+xDfRVGmje8fl1wSS1tA\
        95zTKfyKElPRU0hYrJZABjyWq78eAvz6CBT50B52ZmQOaMJ5O/XEX6lYVUa0anO1i2JuGZySDs/xcZfI2RjMoLAWNZqrQqabszX2\
        0CTrJ28b91aG/xI4aqgkI1FA8ThQmd2rs1zjqnzKtIOa7cWDlws4rTKMx7ihDcttFOKMi06vWrQq6UdQlE+QMHqcAHVJlcqcrewp\
        1G3AUmDG6P/4nCyD+sha2yt03xkHsaAqETdh+y2racBZoh8whcoLWws/MNjO5oUoYgtqioopu/9nf8h1AFbTvtXmfoKPk2b2HJ2v\
        DeCSZZQ1jXhyZ3BCnhtoinbpHyxlw+U+2kb6Bqjy5jVyZZiSFXOwRFNYGH6a35PnNYeWLmWL74j44gy+EanUfcumpUW7IsSmWsAI\
        g/Tpfo/xClOngkDgH4qsjfwapQ+tJcCk8ztkxdkjdNnce1f6N8ObJBoSNzWCjTH6CxhYP7Zum3JsFHQxt7/SkcK2D9Gaq02/HRgh\
        ohGFxiyx1NGmXzgJudPsp1Shm3tmhh+/Wujmn2sgB2sfjrGUSbjmKs8Gv6PaOZwncY2DsznQs8Wd510L0TgRjETfW+FkdzGrxDEl\
        MCMGCSqGSIb3DQEJFTEWBBT66mCMF6dzxSBqzu5FOasciVjdSjAxMCEwCQYFKw4DAhoFAAQUpgRynkLaViPzH9O0zWrphfJochEE\
        COAtuY0mEh+gAgIIAA==
        """

    /// Under an empty password.
    static let openPKCS12 = """
        MIIJ/wIBAzCCCbUGCSqGSIb3DQEHAaCCCaYEggmiMIIJnjCCBBIGCSqGSIb3DQEHBqCCBAMwggP/AgEAMIID+AYJKoZIhvcNAQcB\
        MFcGCSqGSIb3DQEFDTBKMCkGCSqGSIb3DQEFDDAcBAj0cJhRpcu8ZQICCAAwDAYIKoZIhvcNAgkFADAdBglghkgBZQMEASoEEN7y\
        SmNmJwBmgKTUYiqg/yyAggOQ5N3niwRZ9mlTNp1aQCtWhbV/OY06mVT66LC8rWi1QtzZIVxxmt7FFsggbcAeuk4mzRjnCXQc+Iqv\
        GOf/HXmatrEv8KpkrDiVlE4vNj1chSgjfzlu+PyGXHg+7GtdY1fF5QtnP9QaOfTROIo/cEB9+rAuAykFhJq+LINgmtCOiXVr8qvg\
        lU1tPugywDAd5q5h2KlZ9LPVsIu4AeT1j5qkpJ+RIUDKJ6AiV+OsRe7RR9DyjQhLBOx6YVxdD7BL1FAnwsk14KE7FxIVL2dpX3ol\
        3vABnmdNdvXS+Hz+yccMNvCppkppGwiTIrz9XJULmHFICmWJ6LKNCrTBukDZPHD9JEsUryzlLtIo9gK4wF8Q1M8WwiUxhZ6Wdy0x\
        G8/d/gC48zZdELvs816+ag33sJFKozrumjtPU2dgpACR7rnwZPqWOZBCfHJqxd7wGtvg2U2i9BV2uEX5moZT3d6xr+QqxSXQy55X\
        BxSIsY7tcILdsDA4ZFORQroJhOBAz4OMCF6Xa//PvWaFwyBwaGS+kF8SCqUCovAooLpBTMZzs5zGkQtkFyHN5XZ3qBvvm2IldQiR\
        p8vi+XI7yROD99/QkNK61RD2B4WqrOhLJ/XjkUZaWgiQQBsJNG7uagUnYTgwgVjic7K/S0Miqcwd0Imjc/iV7a1wc4FEPdZ3top8\
        M7MkPPJ4gPjudQAB75zAqSmrpwif7GOAOfippaO6oEjsUrQnJPdPdmdOeGSAswHOAme1uOlv3oTCqGI3fE/dQLWziAr0TIi9NY8o\
        ipA0CUaL3FEc9k5hSIYjupSHzrFrPswczKviKIkJL4ShuGvfFHGNpZAKMVNcU2scxrwou/8l3u/z+3A4/OLLyklyAeNTxI1vxsWD\
        sNk5EK1Cbqnl848mzuzzJx/rUAU7zDY4KbY6BSQ00UZ/ImFMlLkUqko3Ym8qxP1CWyFSzFh80hRgvSHDQeKKM0RtDcP47Ch7bwQZ\
        H2lYyhozN/euEgN6QhPE/7gMdzN+XYd11JKBq3sk1GbQIORlMINttMcZDl0JiANAn3PHZiqE+Asm7+J7edpW2Q6s667TVPzirSyS\
        loliBgCCg2wvsY+ig1tTHXbu6ySIU9tZ6q4pJi8dhoDkbbNcv4e6NiRMoDY+QdsjBHvTXmYdTE7qQGhRcVvBHoN2wJ8kkuxknAiq\
        fZzAvWYeR/QHsGH15j1zmdYt5BPExsOf23uC3/LzMIIFhAYJKoZIhvcNAQcBoIIFdQSCBXEwggVtMIIFaQYLKoZIhvcNAQwKAQKg\
        ggUxMIIFLTBXBgkqhkiG9w0BBQ0wSjApBgkqhkiG9w0BBQwwHAQI8Sp/yMRTKW0CAggAMAwGCCqGSIb3DQIJBQAwHQYJYIZIAWUD\
        BAEqBBCG//ugUyHONedrLuha7oGiBIIE0P6bAtGLx1EMruZr1Ni3N0LX/5iRzL5Xcr4KSq7WAWmH93dTNsvKZZeqRHoQzRpLjiS1\
        0t7tIj/hsinSwPN8QRlN016uTpKFFUYL1BQhtIa6uaIPftnY5yNFApMY0bDWa+kCTrmWLLi+NzENNlAeHmB+B1B5J/E5imiyY0p0\
        V286cDjLLZyiPFEk0oT110yX9sIJtGD6bDCDzsccMygwXXKiIV+nSPa6z9s0FHLXosHmZ2MBwioP36wJ7lmDzVR+fKjG+qMSIkWg\
        lw4UQ5qCWWkWQtBlDLEvHZJ4/1mr8aE6LDAcmHBYZvjGCfHnaq3UG+Q/IAWfIKlpijIBw1nUdeCNzoyAsCShqVRfV33Apo7Of4sD\
        o0aoyWRzCnEJc4sloXF+CXoBBHWAr9RHfHDWsR+P4lJCJWzdS1IMEIAx0cfv842FGW0PYUd3gy4X00QL9E5Aerg8i6oNgCWdjm9m\
        SWxbzKyp2rYsYhY8e2m3yhIHJ48492jDZUJvcvKQ1SA8GavJkh5Wm75zQd/LlZT06cRaQ7mJOxzSWRmauxqE6x0kcWjxB1B2AtzB\
        7+wGTvlcU+eCl+PFDS0F4HdBfjJFr5dgbmk4wH4Kws1i5RRHiGTB6avvfoQWBrtNjXiRkvqqEdrgQkiRlBe/hYu6IxxSwVRiaSwO\
        zBTpXdzsDJBq662qcmOSHwodpbh6UrBkO77+ScC3cYsVnAwjC9noQkKDZpwcVtEsSnRHk5kglFdXCwOTTi7zJOuRYOoAdOZf4x/6\
        fR0D6aV6At0aLcV9Bqa4MrYDNOTcLHzlDEsxI0yfwg72cN/CzwTfknEtdKKP+hM/j9wSKY/qnTMKjhn5BjffOsP53LmsJ2T+XMyi\
        OSMB02iN39IdKweI+cwQWh/gX8+qwj2cjSAicOfmVx+BG83hnv9nEhQ+o7bzyiJVbW6gf/jgHdHxqccUOMXUNmlKlCQDpXoI96aW\
        Hl5AEQYNx8Sz5clAZmpRFhgozXFDaS6MuIYFDfMe1LezcJ+RGmo8T+0Jd3TGaiKp6Q3AdwSZYVwuc9S+R4NNd+TjLsdjfvV4Zqpo\
        goriCo0iW0t0C/R1xoqHSB/YiSQiRksG3DIXbvp0G4ycMFbwz5PcsINTKogH5O/5oN7izFRTnAedzhTJO9rFcSHyT5S71OwO1ByA\
        /+JSgJAoxRjzWL2hyc3X8mikHL/VztrJhibesUxB2S4dofBZ6/9zCKUjzMpQ4OatmRMiguYUla1pVCm5PR5kVD1ip021Lg4MraAo\
        3/zEyVkGiCI5E4pfr/M3fpigle0GePrH4GGLBFwQ/h4BWv21LP3Mii+5ec2XygzqhfhqzTqI5+V3kEJB7kR0KfmUIK2ciKCy4s0r\
        EAvnrvONNxrRI1f2GQ+hT+0owtgu1SwSehVjqAIH5ndguhG7RqyhR+Bs47HznNjoqSc6awpZFhI+E9WBU+uwrw4gXQCLLBFYcIUc\
        RcFquHdu5jjhHDCueXNrlanR7rtbGiufVqG593+Sjdd1vlK9Emg1RzuLnEkW9MXLRjOcRK12VkCIIno1BuurVWTAiO1kH9hFRVW5\
        N0yhpett6byN/vMkjtZcOLU6yXdte4sjEZ0E+WVsxOo0mfYTsk0EuFLihxO7+Sg5lzGxWebuI2AwMSUwIwYJKoZIhvcNAQkVMRYE\
        FPrqYIwXp3PFIGrO7kU5qxyJWN1KMEEwMTANBglghkgBZQMEAgEFAAQgVwo6f6bE9ia7lr+ArM0HbEnrqM1Uxm3ZJnlAlgxQgCkE\
        CK2BWyJWJHH3AgIIAA==
        """

    static let pkcs12WithoutKey = """
        MIIERwIBAzCCA/0GCSqGSIb3DQEHAaCCA+4EggPqMIID5jCCA+IGCSqGSIb3DQEHBqCCA9MwggPPAgEAMIIDyAYJKoZIhvcNAQcB\
        MFcGCSqGSIb3DQEFDTBKMCkGCSqGSIb3DQEFDDAcBAhgYS8CMtOxIgICCAAwDAYIKoZIhvcNAgkFADAdBglghkgBZQMEASoEEB6H\
        YaDX7phfyzaEixibRDWAggNgkRq/aNBra+8yGOzrfmNLGjPg/diKqzSZX0pM+kIqD3XintwfUA/A2sjtAHB5li0SKOXCc3w+Q0qT\
        4NBdpcxuRzvaWA7sZzm+vWlSGnfRwlmACghOOrUvBKNn8j98VI1Vib+wxNAb59idYPdoUBP1EtaF2qZ+oGWTw0s5OWgkjs6GTgpd\
        oRStJ0RaoIBmCB6zIAZmeKJZcUDVl6yFUFXYND9e7zJOCX6FSVzd6whAnaehMykFYL1srTRZ1r+vc8V+QPBZGEf2H7F/+A1laGG+\
        5uFKMy+OTOZwOrFdwRnRdGzud1togTfUYPscy3e0+aPqXnJCt6u8vLBxu7xw30zK2Dy+w8RJ/T+zu4qAiXjmfq2cAT17rhgZPVBD\
        kcDA5oupfHwP+jNmA/l8xgCYu5WXSn3uxXReJhNUuSaUcPc8G7dSpNCftgwhMD9ibZgW/k00lHbOdPGtUTkZfzY7Q78dA8v6tmIa\
        Q1I03JLLd4tBO5nR6GJFrNhUuHOnmXDH37ZP9IeKu9kNGcag1+b8V4SI9TqYJSPUfDxR1K7f0MbMMsSOt3eNkTWMc1YkUIefCdSg\
        9kMd0CTvM9BZsfs1b4RDwX1uDWam1nmXUXwz8dgDOy2EJRJsgPylItjDwRpcsdZkFH1OkfERQ3w6i/ZaZmqc1IiOtyOJ40ejKHzV\
        zFZZglTs761Opx49+40GDzT/O2XYoCnA83Opky9Piyl4L+4xCXNRIcy5JVB+WMB8tOkKVM6ZQ+8TGT73ivZan9P6+j507sZOVxlN\
        2So7zXeDFDCeRxSqWZgIB/mXOL9g9ZYdAyK1QwS+sX3FmHQi8eDZlTBE0+g1yTtuW/o6aiaudu2Sk0Dr+ymgJRKzQcr5Ki/rZ4ee\
        qUdMqksFH6O+SPFsW3bAgKRR+4AQbq6oC20kSbg6vj4Tc9FQ6FirMYXS+/eG70DB31+lji5wOAb7txj8h6nPZxL7/Qw3TRqZLwFc\
        qhQBMmNqbTa6/FhymJM4rT5vPHFuBQUqFrLaiGbxVhQa0O3kmGU7daQ+ZXZqwNF4LiKRhDWxFb8TpH9cJkOEwj5B2v8JRzHv61QU\
        JasYLXCqb0JzVL9W5p6TCxFKA2WsZxfOcdJu2QZzcFxhWQNjrlj7ZUDoZeBkz1gWg9iVwRXweqRnMEEwMTANBglghkgBZQMEAgEF\
        AAQgtKuEGa+8UM6wMl7OG7nAFctwsFeU1IaHBYz5Pnlj2gMECK5Ct3PvCmJHAgIIAA==
        """

    static let pkcs12WithoutCertificate = """
        MIIFwgIBAzCCBXgGCSqGSIb3DQEHAaCCBWkEggVlMIIFYTCCBV0GCSqGSIb3DQEHAaCCBU4EggVKMIIFRjCCBUIGCyqGSIb3DQEM\
        CgECoIIFMTCCBS0wVwYJKoZIhvcNAQUNMEowKQYJKoZIhvcNAQUMMBwECKehapWjlhFgAgIIADAMBggqhkiG9w0CCQUAMB0GCWCG\
        SAFlAwQBKgQQ//qxwgEDZG0v4VhG+OB+CwSCBNCIpMx9Xmwm9CTuvPs818jb0S7vjG4I7jsjZIbTlwa5kAhqorldfkes+/y7vRVH\
        NW/0TvoDjSZgB/uIPAwoIn56PC0VfoZ7WyCfETyI7RGGI7TzbS+dIKkZXayBSz3P4OCtE67Uz+NPmOoisUWPPhvzK5E3koCNyV7e\
        2pCtelEgyptAyP3p/TWF79G+Kscnq/pzxm4Ld6iqmsFnB8VssgjrPSBX9J+0JdObw/mE5kQk6Ih4s17yN8ooddUTEuK67AWz4td8\
        jjMtqST+C+b8wJuaegRMaD7uq4uhTOLi8Cf76PR/fUa49O6j692trtilL4rKcta/4U9q3NPLrc5AErX7nEtyR4U9NgvLMB1WCV7C\
        xAC1lsr/czc5ewTl/beVYt95o7qv1inM0Dd20wsNbaqe6/mM6tYK1rEIytu3K/X2OtnHKNbSG/BoiL9qEzN2ogAVqCDni351W8Pv\
        t8orl16aZ1XJZGzbHv43IRlQ9m0e3bK2nmBaXAP9eECBMHDA6MZlCyRaM4snYH7ElzN75rA52bW4l1jbgVE4tx7NwjpsEYQHeNk0\
        iOpF+Wro4e21iJq6NrA4mL2LXdO2PqogfdxDAYPpTZgL2cYOvG7gq6AZGH6CVac567T203YdidpCeMX9IR3/UG9irws1l3MpC4ey\
        /zPwmqs6dLsUMQ5Vs4qdCyhQmIthsc79l4YtSCxzH0KjPodb7qRuuJHASyr3bXh5v9QCe4eZ6wYQ53zz8j+/TAcfutwg7ADrcQoq\
        cYK925c0CCaJI31cs7M41V/VoaR2gxLpDoT21C2cRYS58gRPf6uVfpibon2tcMQRsGdoVvQXJZTHeipmE6MFW/uZsrlKlJSo0mpX\
        BT9zXIkp192SR0eF0ed2Zwaw2MOdxk6p+mFph8Fy+pEc1UUTHvl9HOmRWSbzthBBAMOsxgH+Vc71ZnkmLcOwQl8dhfKmCg0KGDb6\
        lqOWAAXsjS3L2v/4rpZCjfLmISzxLMUnLIzGabUEgsxC4meSVZEwKEPf04PrPupV/oYUGJx2OKDAjUoV4MDsya2J6ImtZksX6X6g\
        nCGoMiyzGT5ViYk9G3poRzDgo+fmI3950yYXLvH1jcg616DFM4HMs7dGUy5m0Co4WQGtm5xO87SrKYK3/mdUhaiyVUHDdOu2R1V0\
        pttzBGGjhfKLP2/q8L/9qKIrAI7Wy4/zLpjOIj6owvDX8URC8l1rw1Hz5aObWaQr6EHcXtvzJ1fXT9JwtKN5JoroJGabzkZiwAXO\
        MV2NJpEdooan5dn8X4Y6nUpMHBo1940of3ehR+ZjthiOLfIvgYbIZMzmP1a5dvx9EU/+1ABrcKOd+b/3R+pDIj/q+9dCLppij5kC\
        iA5m9Et1cjKZQA99YxdVjggGiFOJExjTtooOjbXhjfAHd6JRTo3JkByDlbcUE4tYuy/lj0NqjJnogelpJfyUK+pRCQujJNc8X7De\
        7qXGlee9AiN4msE4No1Jv4qnq4kln4Mzo+BNSsvx8MHlWUXmaVlzQUNzgQ3VA5pARwUW1e+yspyWzhqityRXfDhceDTu3SzRaetx\
        9vet755L7DkpFT92ObrFRyPHY1rXJ7B/Gwzg8/xO0YH66SAQqc4D3fNN6K01o5f9eaGSp8JKtk428QU3uDBBMDEwDQYJYIZIAWUD\
        BAIBBQAEIEcGkdgfkP4RZtgGdzYTkbdcCJNZlZI0XW3NoNTR/FmdBAgs7/roKJNJhgICCAA=
        """

    /// RSASSA-PSS with SHA-256 and a salt of 32 bytes over `header.claims`.
    static let pssSignature = """
        SpIA7wqjoHhnrTY/OvPuCSokThlaNRvQZfZ6BJDdjhdRJsZeuGg44TJOE6p0zb7R8O+dMfh2nbRFO9y8VSzrriyRdsU9/vPMk4qn\
        ufC1F4rwIXSpyEDcyc+beEXw66cfVK8v3aIT+0uyTWESAHTCnSXnSSz6xA17PsPGviVDLnbJu0qJHd8rdG2gmnFUqID39VgUFnbJ\
        WqM/borY23Dr7udbxYIbj3EwvpLD4FPTMh8Aoan2ouL7DWehFUpDj4e4OtzTCSjfXDEdloyqZZshQb9cj1pBM3eFh71SDpO8HUpb\
        m4XL99kXhyJbhvpaOuUc0t1CxHFtrWl4AULyR8xsKQ==
        """

    /// The same with a salt of 20 bytes.
    static let shortSaltSignature = """
        VOdJDM8n5+mEstRroSf4xNxV759NITIFBM8jNQyI99Q5lg6oF2kUkOsT6kKpbJkYNVV/ES+EEkvv96L8DJI5hZNRe+VWQ0rI4+my\
        gZ2LWq2/qxqK3H/1n8+tVkCTn5KYGwD1kek5+w04u+b9I6LJChSWEs/Sufolm6fADhBjfDDP4eZQPiUe36960VFbEJ9xleNR9IV9\
        7HuqXIFSYNS3EcWy4ECF6fmqWmovuDVEP610xz6NeBNlKClc9QY1xO9CuDrJa/P5AeSUySmtRaoynmZizmvYg5QnOOYMqYRGXKE5\
        RtmrMLx9T1mOSWvKthAJJC62c1Qtmrt+AnevufKBbg==
        """
}
