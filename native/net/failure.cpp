#include "native/net/failure.h"

#include "shared/base/text.h"

#include <cerrno>
#include <system_error>

namespace pev::native {

namespace {

    std::string of_connecting(std::string const& host, int os_error)
    {
        if (os_error == ECONNREFUSED)
            return host + " refuses the connection";
        if (os_error != 0)
            return "no connection to " + host + ": " + std::generic_category().message(os_error);
        return "no connection to " + host;
    }

    std::string sentence(CURLcode code, std::string const& host, std::string const& because, int os_error)
    {
        switch (code) {
        case CURLE_COULDNT_RESOLVE_HOST:
            return "the host name is not known: " + host;
        case CURLE_COULDNT_RESOLVE_PROXY:
            return "the proxy's host name is not known";
        case CURLE_COULDNT_CONNECT:
            return of_connecting(host, os_error);
        case CURLE_OPERATION_TIMEDOUT:
            return host + " does not answer";
        case CURLE_PEER_FAILED_VERIFICATION:
            return "the TLS certificate of " + host + " is not trusted" + because;
        case CURLE_SSL_CONNECT_ERROR:
        case CURLE_SSL_CIPHER:
        case CURLE_SSL_ENGINE_INITFAILED:
        case CURLE_SSL_ISSUER_ERROR:
            return "no TLS connection to " + host + because;
        case CURLE_SSL_CACERT_BADFILE:
            return "the file of trusted certificates can't be read" + because;
        case CURLE_GOT_NOTHING:
            return host + " closed the connection without an answer";
        case CURLE_PARTIAL_FILE:
            return host + " closed the connection in the middle of its answer";
        case CURLE_RECV_ERROR:
        case CURLE_SEND_ERROR:
            return "the connection to " + host + " broke" + because;
        case CURLE_UNSUPPORTED_PROTOCOL: // an answer without a status line, among others
        case CURLE_WEIRD_SERVER_REPLY:
        case CURLE_BAD_CONTENT_ENCODING:
        case CURLE_HTTP2:
        case CURLE_HTTP2_STREAM:
            return host + " does not speak HTTP as it should" + because;
        default:
            return "the request to " + host + " failed" + because;
        }
    }

} // namespace

std::string describe_failure(CURLcode code, std::string const& host, std::string const& detail, int os_error)
{
    static constexpr std::size_t kCharacters = 300;
    std::string const because = ": " + (detail.empty() ? std::string{curl_easy_strerror(code)} : detail);
    return one_line(sentence(code, host, because, os_error), kCharacters);
}

} // namespace pev::native
