/// Keys and a signature made with the `openssl` command for these tests; they protect nothing.
enum SampleKeys {
    /// RSA with 2048 bits, as SubjectPublicKeyInfo.
    static let publicKey = """
        -----BEGIN PUBLIC KEY-----
        MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEAwmSvCfv8gVOiupZp0VNq
        FqEb9j59++0SAoC/gUnM5NnSzoT6FwZY1EN0zrk5YDbvVS/A9XUNTrBfoAzG26zY
        HtJ4D/7AqMMo7XMFwvaCUc6RSaWVKqVcqJ3mXzDUIYMxfMZsK0tarCxvK+EKwD68
        LYdh7dTvKtKkV3O/Uuz4rV5VdoHlgN/p34fk3moHhbRmCR/jIJ865n+90wFZ7s/8
        a8bxAscOvEerbFGBad29sY7aS6zZGzKnl/1bKO2D38R9VSsbGbrw7dLo+vQV4w1q
        WOqPIHMMrFFyzWojWkKjAJFRdBFU9oJchMl3h6g9mzmfRkYU2HKpEWe5VdDSxVDf
        wQIDAQAB
        -----END PUBLIC KEY-----
        """

    /// The same key in PKCS #1.
    static let pkcs1PublicKey = """
        -----BEGIN RSA PUBLIC KEY-----
        MIIBCgKCAQEAwmSvCfv8gVOiupZp0VNqFqEb9j59++0SAoC/gUnM5NnSzoT6FwZY
        1EN0zrk5YDbvVS/A9XUNTrBfoAzG26zYHtJ4D/7AqMMo7XMFwvaCUc6RSaWVKqVc
        qJ3mXzDUIYMxfMZsK0tarCxvK+EKwD68LYdh7dTvKtKkV3O/Uuz4rV5VdoHlgN/p
        34fk3moHhbRmCR/jIJ865n+90wFZ7s/8a8bxAscOvEerbFGBad29sY7aS6zZGzKn
        l/1bKO2D38R9VSsbGbrw7dLo+vQV4w1qWOqPIHMMrFFyzWojWkKjAJFRdBFU9oJc
        hMl3h6g9mzmfRkYU2HKpEWe5VdDSxVDfwQIDAQAB
        -----END RSA PUBLIC KEY-----
        """

    /// The same key in a self-signed X.509 certificate.
    static let certificate = """
        -----BEGIN CERTIFICATE-----
        MIIDHzCCAgegAwIBAgIUVE4Z2G8OZ1FBy2w/HA6by91x/oUwDQYJKoZIhvcNAQEL
        BQAwHzEdMBsGA1UEAwwUY29tbWVyY2UuZXhhbXBsZS5jb20wHhcNMjYxMTIxMDU1
        NzM4WhcNMzYxMTE4MDU1NzM4WjAfMR0wGwYDVQQDDBRjb21tZXJjZS5leGFtcGxl
        LmNvbTCCASIwDQYJKoZIhvcNAQEBBQADggEPADCCAQoCggEBAMJkrwn7/IFTorqW
        adFTahahG/Y+ffvtEgKAv4FJzOTZ0s6E+hcGWNRDdM65OWA271UvwPV1DU6wX6AM
        xtus2B7SeA/+wKjDKO1zBcL2glHOkUmllSqlXKid5l8w1CGDMXzGbCtLWqwsbyvh
        CsA+vC2HYe3U7yrSpFdzv1Ls+K1eVXaB5YDf6d+H5N5qB4W0Zgkf4yCfOuZ/vdMB
        We7P/GvG8QLHDrxHq2xRgWndvbGO2kus2Rsyp5f9Wyjtg9/EfVUrGxm68O3S6Pr0
        FeMNaljqjyBzDKxRcs1qI1pCowCRUXQRVPaCXITJd4eoPZs5n0ZGFNhyqRFnuVXQ
        0sVQ38ECAwEAAaNTMFEwHQYDVR0OBBYEFLRaDQ+3oWwVzD83YjYUCSd4V4RKMB8G
        A1UdIwQYMBaAFLRaDQ+3oWwVzD83YjYUCSd4V4RKMA8GA1UdEwEB/wQFMAMBAf8w
        DQYJKoZIhvcNAQELBQADggEBAD96ua0jLZJs8ZP3yqhSOPGgumn0Apd/cezwUCda
        83LKIk6VAZEqF8rxb438pKE7xOFmlZJTAVfkWwQevKlPWBx3ih+z+ebjnViKNSdz
        IC6INaRRZCdRJ9umaw44iZ56sVq7CZwbVgyitCKjlJsDz3AMGb015/8O1TwTH5WQ
        mkTcKVaadaRUnvbU+nX+N5gwUNCYynt3x2UUfgWnUQQ4c3zMg9qlaBa1otkXFtDL
        wA2tjFBYjTCXaqtTbaoUI8MGrP/lKhHObspBUG7YIJUB3Uokdwo8geVSBH2wpNWh
        2XAED7WCOyVBCDVcp5/rlVZcXCmIOGzVG5q7L6GuFj/eDcY=
        -----END CERTIFICATE-----
        """

    /// An elliptic curve key (P-256).
    static let ecPublicKey = """
        -----BEGIN PUBLIC KEY-----
        MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEseub/e/4zFvdeOtepjf0ewE+ArDf
        iwe+liMbIRe1V4ycJkQmF/JSS4d3CAc0Cm7Z6SFiDRywcq6pSIUA4tK6JA==
        -----END PUBLIC KEY-----
        """

    /// Its private half, in PKCS #8.
    static let ecPrivateKey = """
        -----BEGIN PRIVATE KEY-----
        MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgL5Vi9QwLNdZwYprK
        SNA7+yKnFSSWcOa30+APx15vA8yhRANCAASx65v97/jMW914616mN/R7AT4CsN+L
        B76WIxshF7VXjJwmRCYX8lJLh3cIBzQKbtnpIWINHLByrqlIhQDi0rok
        -----END PRIVATE KEY-----
        """

    /// The same in the older form.
    static let ecPrivateKeySEC1 = """
        -----BEGIN EC PRIVATE KEY-----
        MHcCAQEEIC+VYvUMCzXWcGKaykjQO/sipxUklnDmt9PgD8debwPMoAoGCCqGSM49
        AwEHoUQDQgAEseub/e/4zFvdeOtepjf0ewE+ArDfiwe+liMbIRe1V4ycJkQmF/JS
        S4d3CAc0Cm7Z6SFiDRywcq6pSIUA4tK6JA==
        -----END EC PRIVATE KEY-----
        """

    /// RSA with 1024 bits.
    static let shortPublicKey = """
        -----BEGIN PUBLIC KEY-----
        MIGfMA0GCSqGSIb3DQEBAQUAA4GNADCBiQKBgQC8JfgkyHLSa/gsBnPDvgqhj23d
        lVl9u7HqOEjlyCKQCQZ3CgD45It/tTBvgSH4oypRkC/RKZvgW/wl3OlKaAeM8h0X
        Br24EjgVqOondQyzbuFKlA4CSsKsI08W+0SawjWANGOVVFx3joiW0sQfjwmlv6dE
        eNo8P7ZiS8Kvi/Mk+wIDAQAB
        -----END PUBLIC KEY-----
        """

    /// Its private half.
    static let shortPrivateKey = """
        -----BEGIN PRIVATE KEY-----
        MIICdwIBADANBgkqhkiG9w0BAQEFAASCAmEwggJdAgEAAoGBALwl+CTIctJr+CwG
        c8O+CqGPbd2VWX27seo4SOXIIpAJBncKAPjki3+1MG+BIfijKlGQL9Epm+Bb/CXc
        6UpoB4zyHRcGvbgSOBWo6id1DLNu4UqUDgJKwqwjTxb7RJrCNYA0Y5VUXHeOiJbS
        xB+PCaW/p0R42jw/tmJLwq+L8yT7AgMBAAECgYA6LZ96eEURDfPSYThguZ398STu
        1KS0fVp5a2gXLXiKg0/tdTlxvPHpznQotoxznriSOfyfN7eMe8UPTC0TJfHXOccj
        cU+CogDlDzWedhpXQ+w45O/ZozTtwIf9Pa/oPeQZ94Hi9p1kKDpONQENpNX0eTZR
        A2GeBoHBiUCN2QTG2QJBAPblrQCCr1vwZtLsBvu9dKDAls7EtHHreX+4zXQ6fuDj
        lxyEb0VAG9S3awvBpFu0z1Jo7vd+zcKmWW/yN+i5fE8CQQDDFcvFFbSSgqnyHfCg
        AXlqzc8ucYge3mLjyg799gldAGgbRY4rtN/xklS0Acc81hC8newTyVfGBM285rMR
        G8WVAkEAqdJ02sMJBz4mG7JJY2J/FAskL/jQ/QKwwY9Fkkqh9uHUkMLvHjzoZ7n5
        oU6CVKnbaJ3QsN/Be7+cCQocNrFOtQJBAKTLR6u/rx7IU8kb84UmWauYGXixHPx+
        fWjQ6iMr8DLowgivk+5lx3roUrcQfX5tkgvTF3aLcaLrsePtubwtCpUCQBmq/unY
        ljqLs7yUbbziPH9CnJlooCRpdWLFZxxIY5yN2NmoI48lNpbN0snhTOL6pZWj8Zyc
        92tygMTuoTvXtAE=
        -----END PRIVATE KEY-----
        """

    /// RSA with 2048 bits, restricted to PSS signatures.
    static let pssPublicKey = """
        -----BEGIN PUBLIC KEY-----
        MIIBIDALBgkqhkiG9w0BAQoDggEPADCCAQoCggEBAKMFDdQEYcnxNUtN109yXDBl
        jZ2GCmDCNg+YkrQBMJFsBhxB73Vb2Sor8ScLnmfw1tKqenwfTwCriOiVySeKlLxA
        q4HXEd3KLD7envaIucy4IUnugRGDoja2aCx/2B1XiCrjsU3dF/3oIcbZhBTeB4Mm
        hMKcNruX8+2vstCv7wWpAbMRphMt51u+rVRI/Hnd5IeZ5oGRPct6WMWPFBSZLUPg
        T06HDFNIVBw9X3JciWGrI0jT1cCvurnX8iH/6AlnIvHMAqGeR43DijqS7LvArhiX
        tklJSnW2x2AagH0X8dBaW82xDEjVhFyi39TnuCNzEjMOtlZQiB5rQKmRpbQEMx0C
        AwEAAQ==
        -----END PUBLIC KEY-----
        """

    /// RSA with 2048 bits under a pass phrase.
    static let encryptedPrivateKey = """
        -----BEGIN ENCRYPTED PRIVATE KEY-----
        MIIFLTBXBgkqhkiG9w0BBQ0wSjApBgkqhkiG9w0BBQwwHAQISo4NLwUnsZUCAggA
        MAwGCCqGSIb3DQIJBQAwHQYJYIZIAWUDBAECBBDZrBjjsE5IUy0eUFIXdorxBIIE
        0Fvf4OpJsUV89i2gWeKNhgFrt0mg0KSBdLlnt0mNz+FqE2zeQZjExEm+nNO9Gm5U
        qw0VJGwSNUZcW39ZLf9MXpq10tfmtx6hIg86t39lCMUlz4LfiQsgpRdNN6jzCmre
        DrhO2H4a2NZtqBlE7HDY2DhG8Qu7ZME/VBWCI4YuecOAIJyo9SRBm9IVVe8+1DL7
        MeYhY6o5pqw0U7zbi2UXrxjmwHPYh9/SZQseCL6hRaV3f1WknILfgIbnBRlpkZ6N
        eU1M4x1avnaKYMRM6lKdy6ab4lvn7jGHUi9qAsmJzRLiTRNeXr16mTEf+o7NdPse
        72PSq2OHWOsxQWvovAWBcbWaSAAyuyFhx/cN9tkH+r94i6LyY3JOmk5qi+OcYKy4
        38fQhkX4TvHOK5z4FRWgGi+Xy1yTfXV9MIh2qg4WkQhE/aBpvfq8PHSf1oVtqeXK
        ORUZOrlJIf6OFCnL3bkoYVlmhZnk5XnsT5coNLKh++xcPnyheidjkKuhGm9Klb5s
        ws8hWFZCQDmOMb9KIFg9rpHbJ5zrd+jCAkZDLrmk47KmGIFtokv5hAeG7bkX2tCT
        DdrstpobmAOgn359wG0l9dZNiWNuwixyudSbUtAcGuPlIzrruIDtoONPa0kQR/1+
        89nryRiGc7qnkeN4cg37l7HI/LdeY2uShzC4gMggr1MERm+SuUWIuG5lDc1HAXtD
        m5q1CrBT0U3Gy7MrjK9uzEmQiKTmkXaqQ0h9+Ub9C0rNkZYfjpP5Vl1Oz307n8kl
        x6dXclSJNYP8ehtAR1OgelIYdGAOX0C/09EK1+NK4fC0fVX9ZzXh4ROKnUFkAmgJ
        UU0eMWVJvaP+BQRRUgkdCe+co0rlrJjrN4sfqK8oeVePhvzgURnddjl64fEBL8hb
        +phY796BS5Lk5FazP8Y7Qif8vPpiJjyQOnrLlzll6gWGQXWlJ0rcvExtCn1gLnWl
        U7a3mim5NyjM2CP7aRrnDypLbnHXEZt9rFj5D7wiE2NCC8Meaq8F90rweFKzAozx
        WntWjE8ut0pAN8rBItmCPtuxseo+PvFLlY/gusWM5i4jQ5g9jPr+tJoG8fcBDMXs
        c2vwauzSosqvpU5l+SF/SVByIjZ8jcCqGD276nlshYeisFlNBotBlk25W3tR6dIL
        mvbXIGX3fTEV6p465lDvm2Lv94oYgJrZDrc4GPLQbWmyjUkhFuJKgfM9Ccuu/n+q
        ICBe5W8VyuZO1NVVjehUXQOaIzklrt6r2Fa+vANNMZG+wKxM4mFxsi42HCRhIbSE
        Os2NMwOENkscd+RqcoSG2/SZvXcuXqKxX500hYygIyxOXgApWQe38FFtooKyxrk3
        IQNJJQrMzb7EMR45akTDA1N4+wv8bI7BsK5+ktleYQ1uFM7YFau2pj6bbdwziNO2
        NWkx2jxSmqDEx1eSWeruRjqv1+u+99AKOeL77tuvVhELq0F7y92RfNbRLnTfNxrw
        9Kwl9GQx8acZQ7evw4m74d6lg/P1bVnfTjJ/61+y9L+QnxPmy6ChlTdsaDeduF8x
        yiRenfkhWuYs38Rr2Mz+aAUZUXgXM/oY08dhON3JPuE2eAhmhmAWIYv91dWOGz54
        4mKKulGEKPDsKaVS5BdXuP3ULyq3cdzMhW/zIh1FAYKF
        -----END ENCRYPTED PRIVATE KEY-----
        """

    /// The same in the older form, where the headers tell.
    static let encryptedPKCS1PrivateKey = """
        -----BEGIN RSA PRIVATE KEY-----
        Proc-Type: 4,ENCRYPTED
        DEK-Info: AES-128-CBC,44C37F8A1B45C9ABF5732E1A4C9742F5

        IrYHGjiGs3ujCHT7ecPyUZhuXIhxfyXpSPc05uHA4xPkGhVBoN3mjKwu2uJXBb+g
        EzuIUn0LbD4ejHG/iRG2JpyVmgy507hhgAjgblOecJCCcgFHmfxxTC4A55DbaBNo
        plMYrKXdUaaw72PFkoQNJoRv5jkFGEoiDo0sbpv8i1V2xsnn82IZTBABvnNOGD24
        k6ejRC2lVGyi32vd1py9Sovb3fytvmSavLCxwf/vE58ujOqwZHEN8w8Z8RPosrp4
        cEWB0bOnKbbDOb6OjyUfylbHibyy/HhKF1OGOi6vT6TiKXg59EssjGTzfzkARVDr
        /9Ehe6QUrLd5DjVkYCYTPrsqLoGjdGyzaZC3GLS54SoYji+tN2HCYMk9Glb/tV+c
        zVYZ55wOl9jr/Rma8fX6+QzKaiCHH+27bfP3NYYBDIsOpDIMDuH9+EF2aArSmpNg
        AYodu7HwhvKVDeHnlPE13bz2m2I8FXTqOV0oPXDLDrR8Y1arW6F9zwQquZcHdgYc
        In6GXEtyfYWiSi7PZ47spNaa524aiCckts+gEpU9OzrUVs8C2GV6AEu7G7pXzYMS
        vKvmHHILRAW1uHetecPvO5cdNiZs3SFdR1U3iRMXtJx+PEZZpsjSWYzH4nWqdlYx
        oalpu7UcqLztgTNopa+zu8C0tt4T2DLB8SEw2LVibWg90Xf/4RWaopHKLCXwvyvV
        IzxjYhuuyj+0GJOOYJFf0Ddja0hoJgMw5l28g+QwhIM+PKGR1rfXbEv5Z2yERliu
        3JPc6uE+WmWnScABPriTNuh1oGfW48PjaVIk+LmQ+LETxSrbAqJW1Hj/8CL6DFf4
        duvGRzETlzEedWPg9xeAgUoZgQEQHJuGXDrhhDcDgpdSItAAAfjbv85VC9XMKLTS
        pp8+l7+RSYzX7nGvZyDgNTSDmHSHw+y10S70X9Gq16qNTszwKwIujBXSJpTdFZgc
        cyN4BVIf+LuJtfwma+XTFZ0f+DlFUE3AsN7lPNO4mYrJpOmYmOmIO2D8f2f/DiOu
        a8FlEzLsXfVUjpSM+yTU1PQD80+P+DCdJEQbbgK8VjvSs/4K/IC2ASM6MZBWn3EH
        AVfMeBrtVUTsxAxFphznMphTjkrDXpgFXDfY4jXoXtsQEKo5zIicROmvPyhpwhvo
        O/6SYmz0sgD6PVRN4X9l2sImpirz2yi2K8tGj4N43RNJJDWsKHAIokIn4i17j0Ai
        IPiT53fPnQYJcpOK0jQkLvRh7QdNVBA4k7+wpBppk/Zo28Te1wQNJijx9FgBVNte
        DzPHujbsdlleBe9VvpGRov3f0ettvug+WyOpgs5ESmBx52A+4KFG3KejC/u3kFvW
        yQtjffjKH7NNzvUjTbHBHnTp567G3fBY8kB9NEywKhqPSAUG77xlrkFAdTmF/JPy
        7edhSsCCGoVggzGxUbs8Q/mZprTa/OeXlPvTa/z0oUO0Rqx4gO5njXlVOerT6Nq9
        NRq9D4Z6tP+w9qOyID3hggW1I0qhvzfCmcKpg3vkobawYrTIEvlNzWX2NgCRKwC0
        6DSJxoctjBP0U9vdE91A4mJ6sMojMDjaj5ACYWlDDM9PAIs0gAxW03nv1ReSogUV
        -----END RSA PRIVATE KEY-----
        """

    /// The private half of ``publicKey``, in PKCS #1.
    static let pkcs1PrivateKey = """
        -----BEGIN RSA PRIVATE KEY-----
        MIIEpAIBAAKCAQEAwmSvCfv8gVOiupZp0VNqFqEb9j59++0SAoC/gUnM5NnSzoT6
        FwZY1EN0zrk5YDbvVS/A9XUNTrBfoAzG26zYHtJ4D/7AqMMo7XMFwvaCUc6RSaWV
        KqVcqJ3mXzDUIYMxfMZsK0tarCxvK+EKwD68LYdh7dTvKtKkV3O/Uuz4rV5VdoHl
        gN/p34fk3moHhbRmCR/jIJ865n+90wFZ7s/8a8bxAscOvEerbFGBad29sY7aS6zZ
        GzKnl/1bKO2D38R9VSsbGbrw7dLo+vQV4w1qWOqPIHMMrFFyzWojWkKjAJFRdBFU
        9oJchMl3h6g9mzmfRkYU2HKpEWe5VdDSxVDfwQIDAQABAoIBADdO+0h9dCn9uFqb
        Si8/KvuWSkTlIeZIXOvuYs5vx4bDfQm6ZwefDC4UpUreA3efGbhklmOgMrGVWBfL
        GtdM1c7rNjLi2kEKCf6JT/XZOln5SngoTwkrtHHbPz0NQQXp9G4abJNi5MEBAX58
        EJmDH/paPyAyifvmo9CoA6Md/mEg63iXNtzTihrSkNVIJZ2f06BsGQiqFUpknIMa
        h314ZDzGY/rMKTit6zDzZJOlKdourX5KgbqoZWdNGK2Up5pVZpt6hvpb1AycGx2C
        8YmgepZv/e5MMAKeI/THYxpxy21z6Mx9zLFOrRS/RX5TuMdbZDl/eaKANFjipDkH
        AS1j5JsCgYEA5Go34Lgt4YCn8Q9fUIxswKnZ1bOMRj8XYhznrJjbqWQv/rsdKqwf
        juRo7TynnlpdvT+KZW1JL6vWC04OZG9nNcmHvG2neAWjnFO+NFspN01P4zp0358Z
        xH/dS31uf3NacVuuZ8AGw+W2FBYburVVGEiWnz1+021exZFjtcE7w48CgYEA2d6j
        JFN4gHRIdM9Exs566fdeXEaRsle2Io+YrxKPTXlTpk6p3rmEZLvvEMEM1QbpEUgv
        jJasedsGx/RxwQ7qQDj+b4a3BYyFKkRYpjhWekXspJqxo4ecSy/Jn6arL8motrlT
        HXEWW/QWpVQHP4j2/eoCQgS5S7B5RMYMzP9KP68CgYBTnm8GXWaufyL8JNyH6GCH
        x6ZvjWN08/PjfyFxFiSURpErd+SdkpWbAhNHhkT2u65FcdWAfBmm0glx6glqyz3F
        exmt6Za9YZMbz6x6DkVwcWUlkmjm1J/iR80Drc+d6OTbSuz2Hl5bqOSXReCw4WFd
        mnVJpoGfdRKU0TzndO4kEQKBgQCgm3c4eDAEwbQIKCNTSzNg9nIhJASTrAUgRSsR
        JGVvf1ki6CphffETMVdyyl1jTMzTaJtk0E4lJklBbfnNj+kvntQx8uVIueYQ2oFf
        R3i4eoOQdFkva/DTnE7N2lenyskMqmGS+qK49p8bEW6mb5lkZPV1JXZTTayX/kfB
        dxCNEQKBgQCwpwVQ6cTJ0PwIPrUvnS/IVKL7KFV+JYsXw6UvZKxjcE4jeQMbnYGe
        wxd3s3rClnndIpiXwPE5HOSwknDzXPXSbySeomk+qHWmRgl3miMSmWoTFm+E7eeh
        X9J045pZfnJ8rdz4Doq8NbpwpDoszQX/8JXkNHVTqA8KiRW5PwToIQ==
        -----END RSA PRIVATE KEY-----
        """

    static let signedText = "signed by the openssl command"

    static let signature = """
        JRbZugG3vcnQDbMcSsPKjByWSF21Yafj4AWU4DvsXV34vXKDmsQ/mDNyBYDMYTSaAc4JR3zzmGqlpZbRWn0O5mS1mnP2Yczq\
        zCcxscc+hmQR4LYHszbu1brhyDFohMOJpi7DZ+YjCC1d37TlSEoTVXxFwDObXtruxnkPEwRJ/t3Kn5z73ex2dXo2ZKp101Rt\
        SH9y5knseBsaGT1wzEqh+wvxIxEEzP5JNrwFMIufkv5w4o0r9JimCIHR1PT9S30RxrbH8AtVmW+DcMddREEGnefuZbn3yYhw\
        c7gdM6VuQqBGEouqvoJv9lSXExRpFX86CaHAfvg7M67m0Sw1j1BCFA==
        """
}
