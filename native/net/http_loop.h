// HTTP transfers over libcurl, many at a time, on the thread of whoever calls run().
//
// Redirects are followed here and not by libcurl, so that each hop is judged anew: http and https only, and credentials
// for one origin alone.
// Threading: one thread; only wake() may be called from others.
#pragma once

#include "native/net/http.h"

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace pev::native {

// GET.
struct HttpRequest {
    std::string url;
    HttpHeaders headers;
    HttpHeaders credentials; // go to `credentials_origin` only, also after redirects
    std::optional<Origin> credentials_origin;
};

struct HttpHead {
    int status = 0;
    std::string content_type;
    std::string date;
    std::string retry_after;
};

// Called from run(). A false answer ends the transfer: nothing more is said about it.
struct HttpHandler {
    std::function<bool(HttpHead const&)> on_head;
    std::function<bool(std::string_view bytes)> on_body; // decompressed
    std::function<void(std::string failure)> on_end; // empty: the answer is complete
};

struct HttpLoopSettings {
    std::string certificate_file; // of authorities to trust instead of the system's; empty: the system's
    std::chrono::milliseconds connect_timeout = std::chrono::seconds{30};
};

class HttpLoop {
public:
    using TransferId = std::uint64_t;
    static constexpr int kMaxRedirects = 20;

    explicit HttpLoop(HttpLoopSettings settings = {});
    ~HttpLoop();
    HttpLoop(HttpLoop const&) = delete;
    HttpLoop& operator=(HttpLoop const&) = delete;

    // The handler is called from a later run(), also where the address is none.
    TransferId start(HttpRequest request, HttpHandler handler);
    // Its handler is not called any more. Ids of transfers that are over are ignored.
    void cancel(TransferId id);

    // Waits until something can be done, wake() was called, `readable` (a file descriptor, -1: none) can be read, or
    // the time is over; then does it. True where `readable` can be read.
    bool run(std::chrono::milliseconds at_most, int readable = -1);
    void wake();

private:
    struct Transfer;
    struct MultiDeleter {
        void operator()(void* multi) const;
    };

    bool apply_changes(); // whether a handler was called
    void begin(Transfer& transfer);
    void finish(Transfer& transfer, int code); // a CURLcode
    void end(Transfer& transfer, std::string failure); // empty: all is well
    void take_finished();

    HttpLoopSettings settings_;
    std::unique_ptr<void, MultiDeleter> multi_;
    std::unordered_map<TransferId, std::unique_ptr<Transfer>> transfers_;
    std::vector<TransferId> to_begin_;
    std::vector<TransferId> to_remove_; // over or cancelled; libcurl may be on top of them right now
    TransferId last_id_ = 0;
};

} // namespace pev::native
