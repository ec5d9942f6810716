#include "native/net/http_loop.h"

#include "native/net/failure.h"
#include "shared/base/text.h"

#include <curl/curl.h>

#include <algorithm>
#include <array>
#include <csignal>
#include <utility>

namespace pev::native {

namespace {

    struct EasyDeleter {
        void operator()(CURL* easy) const { curl_easy_cleanup(easy); }
    };
    struct ListDeleter {
        void operator()(curl_slist* list) const { curl_slist_free_all(list); }
    };
    using HeaderList = std::unique_ptr<curl_slist, ListDeleter>;

    void append(HeaderList& list, HttpHeader const& header)
    {
        // libcurl's way to say that a header has no value; "Name:" would remove it.
        std::string const line = header.value.empty() ? header.name + ";" : header.name + ": " + header.value;
        curl_slist* const whole = curl_slist_append(list.get(), line.c_str());
        if (!list)
            list.reset(whole); // from then on its beginning stays
    }

    void set_up_curl_once()
    {
        static bool const kDone = [] {
            curl_global_init(CURL_GLOBAL_DEFAULT);
            // A connection that breaks while we write is an error like others, not the end of the program.
            std::signal(SIGPIPE, SIG_IGN);
            return true;
        }();
        static_cast<void>(kDone);
    }

    bool is_redirect(int status)
    {
        return status == 301 || status == 302 || status == 303 || status == 307 || status == 308;
    }

} // namespace

struct HttpLoop::Transfer {
    enum class State : std::uint8_t { Running, Redirected, Over };

    TransferId id = 0;
    HttpRequest request;
    HttpHandler handler;
    int redirects = 0;
    State state = State::Running;

    // Of this hop.
    std::unique_ptr<CURL, EasyDeleter> easy;
    HeaderList headers;
    std::string host;
    std::array<char, CURL_ERROR_SIZE> error{};
    HttpHead head;
    std::string location;
    bool head_done = false;

    // Each returns whether the transfer goes on.
    bool take_header_line(std::string_view line);
    bool end_head();
    bool take_bytes(std::string_view bytes);
};

bool HttpLoop::Transfer::take_header_line(std::string_view line)
{
    if (state != State::Running)
        return false;
    if (head_done)
        return true; // a trailer
    while (line.ends_with('\n') || line.ends_with('\r'))
        line.remove_suffix(1);
    if (line.empty())
        return end_head();
    if (line.starts_with("HTTP/")) {
        head = {};
        location.clear();
    } else if (auto header = parse_header(line)) {
        std::string const name = ascii_lower(header->name);
        if (name == "content-type")
            head.content_type = std::move(header->value);
        else if (name == "date")
            head.date = std::move(header->value);
        else if (name == "location")
            location = std::move(header->value);
    }
    return true;
}

bool HttpLoop::Transfer::end_head()
{
    long status = 0;
    curl_easy_getinfo(easy.get(), CURLINFO_RESPONSE_CODE, &status);
    if (status < 200)
        return true; // "100 Continue" and its kind: the answer is still to come
    head_done = true;
    head.status = static_cast<int>(status);
    if (is_redirect(head.status) && !location.empty()) {
        state = State::Redirected; // nobody reads the body
        return false;
    }
    if (!handler.on_head(head))
        state = State::Over;
    return state == State::Running;
}

bool HttpLoop::Transfer::take_bytes(std::string_view bytes)
{
    if (state == State::Running && !handler.on_body(bytes))
        state = State::Over;
    return state == State::Running;
}

void HttpLoop::MultiDeleter::operator()(void* multi) const
{
    curl_multi_cleanup(multi);
}

HttpLoop::HttpLoop(HttpLoopSettings settings) : settings_(std::move(settings))
{
    set_up_curl_once();
    multi_.reset(curl_multi_init());
}

HttpLoop::~HttpLoop()
{
    for (auto const& [id, transfer] : transfers_) {
        if (transfer->easy)
            curl_multi_remove_handle(multi_.get(), transfer->easy.get());
    }
}

HttpLoop::TransferId HttpLoop::start(HttpRequest request, HttpHandler handler)
{
    auto transfer = std::make_unique<Transfer>();
    transfer->id = ++last_id_;
    transfer->request = std::move(request);
    transfer->handler = std::move(handler);
    to_begin_.push_back(transfer->id);
    transfers_.emplace(last_id_, std::move(transfer));
    return last_id_;
}

void HttpLoop::cancel(TransferId id)
{
    auto const found = transfers_.find(id);
    if (found == transfers_.end())
        return;
    found->second->state = Transfer::State::Over;
    to_remove_.push_back(id);
}

bool HttpLoop::run(std::chrono::milliseconds at_most, int readable)
{
    bool const happened = apply_changes();
    curl_waitfd also{.fd = readable, .events = CURL_WAIT_POLLIN, .revents = 0};
    bool const waits_for_file = readable >= 0;
    auto const timeout = happened ? 0 : std::clamp<std::chrono::milliseconds::rep>(at_most.count(), 0, 3'600'000);
    curl_multi_poll(
        multi_.get(), waits_for_file ? &also : nullptr, waits_for_file ? 1 : 0, static_cast<int>(timeout), nullptr);
    int running = 0;
    curl_multi_perform(multi_.get(), &running);
    take_finished();
    apply_changes();
    return waits_for_file && also.revents != 0;
}

void HttpLoop::wake()
{
    curl_multi_wakeup(multi_.get());
}

bool HttpLoop::apply_changes()
{
    for (TransferId const id : std::exchange(to_remove_, {})) {
        auto const found = transfers_.find(id);
        if (found == transfers_.end())
            continue;
        if (found->second->easy)
            curl_multi_remove_handle(multi_.get(), found->second->easy.get());
        transfers_.erase(found);
    }
    bool happened = false;
    for (TransferId const id : std::exchange(to_begin_, {})) {
        auto const found = transfers_.find(id);
        if (found == transfers_.end())
            continue;
        begin(*found->second);
        happened |= found->second->state == Transfer::State::Over;
    }
    return happened;
}

void HttpLoop::begin(Transfer& transfer)
{
    auto const origin = origin_of(transfer.request.url);
    if (!origin)
        return end(transfer,
            transfer.redirects > 0 ? transfer.host + " redirects to what is no http or https address"
                                   : "the address is no http or https address");
    transfer.host = host_of(*origin);
    transfer.state = Transfer::State::Running;
    transfer.head_done = false;
    transfer.headers.reset();
    for (HttpHeader const& header : transfer.request.headers)
        append(transfer.headers, header);
    if (origin == transfer.request.credentials_origin) {
        for (HttpHeader const& header : transfer.request.credentials)
            append(transfer.headers, header);
    }

    transfer.easy.reset(curl_easy_init());
    CURL* const easy = transfer.easy.get();
    curl_easy_setopt(easy, CURLOPT_URL, transfer.request.url.c_str());
    curl_easy_setopt(easy, CURLOPT_PROTOCOLS_STR, "http,https");
    curl_easy_setopt(easy, CURLOPT_HTTPHEADER, transfer.headers.get());
    curl_easy_setopt(easy, CURLOPT_USERAGENT, "pev");
    curl_easy_setopt(easy, CURLOPT_ACCEPT_ENCODING, ""); // all that libcurl can decode
    curl_easy_setopt(easy, CURLOPT_CONNECTTIMEOUT_MS, static_cast<long>(settings_.connect_timeout.count()));
    curl_easy_setopt(easy, CURLOPT_TCP_KEEPALIVE, 1L); // a stream is silent for long, and its server may be gone
    curl_easy_setopt(easy, CURLOPT_SUPPRESS_CONNECT_HEADERS, 1L);
    curl_easy_setopt(easy, CURLOPT_NOSIGNAL, 1L);
    if (is_loopback(*origin))
        curl_easy_setopt(easy, CURLOPT_NOPROXY, "*");
    if (!settings_.certificate_file.empty())
        curl_easy_setopt(easy, CURLOPT_CAINFO, settings_.certificate_file.c_str());
    transfer.error.fill('\0');
    curl_easy_setopt(easy, CURLOPT_ERRORBUFFER, transfer.error.data());
    curl_easy_setopt(easy, CURLOPT_PRIVATE, &transfer);
    curl_easy_setopt(easy, CURLOPT_HEADERDATA, &transfer);
    curl_easy_setopt(easy, CURLOPT_WRITEDATA, &transfer);
    // An answer of any other length ends the transfer.
    using Callback = std::size_t (*)(char*, std::size_t, std::size_t, void*);
    curl_easy_setopt(easy, CURLOPT_HEADERFUNCTION,
        static_cast<Callback>([](char* bytes, std::size_t, std::size_t size, void* to) -> std::size_t {
            return static_cast<Transfer*>(to)->take_header_line({bytes, size}) ? size : CURL_WRITEFUNC_ERROR;
        }));
    curl_easy_setopt(easy, CURLOPT_WRITEFUNCTION,
        static_cast<Callback>([](char* bytes, std::size_t, std::size_t size, void* to) -> std::size_t {
            return static_cast<Transfer*>(to)->take_bytes({bytes, size}) ? size : CURL_WRITEFUNC_ERROR;
        }));
    curl_multi_add_handle(multi_.get(), easy);
}

void HttpLoop::take_finished()
{
    int left = 0;
    while (CURLMsg const* const message = curl_multi_info_read(multi_.get(), &left)) {
        if (message->msg != CURLMSG_DONE)
            continue;
        CURLcode const code = message->data.result;
        CURL* const easy = message->easy_handle;
        Transfer* transfer = nullptr;
        curl_easy_getinfo(easy, CURLINFO_PRIVATE, &transfer);
        finish(*transfer, code);
    }
}

void HttpLoop::finish(Transfer& transfer, int code)
{
    switch (transfer.state) {
    case Transfer::State::Over:
        to_remove_.push_back(transfer.id);
        return;
    case Transfer::State::Redirected: {
        if (++transfer.redirects > kMaxRedirects)
            return end(transfer, transfer.host + " redirects more than " + std::to_string(kMaxRedirects) + " times");
        curl_multi_remove_handle(multi_.get(), transfer.easy.get());
        transfer.easy.reset();
        transfer.request.url = resolve_url(transfer.request.url, transfer.location).value_or(std::string{});
        to_begin_.push_back(transfer.id);
        return;
    }
    case Transfer::State::Running:
        break;
    }
    if (code == CURLE_OK)
        return end(transfer, {});
    long os_error = 0;
    curl_easy_getinfo(transfer.easy.get(), CURLINFO_OS_ERRNO, &os_error);
    end(transfer,
        describe_failure(
            static_cast<CURLcode>(code), transfer.host, transfer.error.data(), static_cast<int>(os_error)));
}

void HttpLoop::end(Transfer& transfer, std::string failure)
{
    transfer.state = Transfer::State::Over;
    to_remove_.push_back(transfer.id);
    transfer.handler.on_end(std::move(failure));
}

} // namespace pev::native
