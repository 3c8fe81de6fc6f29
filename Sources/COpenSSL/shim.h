#ifndef CAUSEWAY_COPENSSL_H
#define CAUSEWAY_COPENSSL_H

#include <openssl/bio.h>
#include <openssl/core_names.h>
#include <openssl/crypto.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/param_build.h>
#include <openssl/params.h>
#include <openssl/pem.h>
#include <openssl/pkcs12.h>
#include <openssl/provider.h>
#include <openssl/rand.h>
#include <openssl/rsa.h>
#include <openssl/ssl.h>
#include <openssl/x509.h>
#include <openssl/x509v3.h>

/* Macros that cast or compute, which Swift can't use: one wrapper with a type for each. */

static const uint64_t TLS_SERVER_OPTIONS =
    SSL_OP_NO_COMPRESSION | SSL_OP_NO_RENEGOTIATION | SSL_OP_CIPHER_SERVER_PREFERENCE | SSL_OP_PRIORITIZE_CHACHA;

static const int EVP_PKEY_PUBLIC_PARTS = EVP_PKEY_PUBLIC_KEY;

/* RFC 2253, with UTF-8 left readable. */
static const unsigned long X509_SUBJECT_FORMAT = XN_FLAG_RFC2253 & ~ASN1_STRFLGS_ESC_MSB;

static inline void SSL_CTX_set_read_ahead_on(SSL_CTX *context) { SSL_CTX_set_read_ahead(context, 1); }

static inline int SSL_CTX_set_groups(SSL_CTX *context, const char *names) {
    return (int)SSL_CTX_set1_groups_list(context, names);
}

static inline int SSL_CTX_add_chain_certificate(SSL_CTX *context, X509 *certificate) {
    return (int)SSL_CTX_add1_chain_cert(context, certificate);
}

static inline long SSL_CTX_set_servername_callback(SSL_CTX *context, int (*callback)(SSL *, int *, void *)) {
    return SSL_CTX_set_tlsext_servername_callback(context, callback);
}

static inline long SSL_CTX_set_servername_argument(SSL_CTX *context, void *argument) {
    return SSL_CTX_set_tlsext_servername_arg(context, argument);
}

#endif
