#include "native/net/network.h"

#include "native/net/event_stream.h"

#include <algorithm>
#include <iterator>
#include <mutex>
#include <thread>
#include <unordered_map>
#include <utility>
#include <variant>

namespace pev::native {

namespace {

    HttpHeaders headers_of(Credentials const& credentials)
    {
        HttpHeaders headers;
        if (!credentials.cookie.empty())
            headers.push_back({.name = "Cookie", .value = credentials.cookie});
        if (!credentials.bearer_token.empty())
            headers.push_back({.name = "Authorization", .value = "Bearer " + credentials.bearer_token});
        return headers;
    }

    std::string too_large(std::size_t limit)
    {
        return "the answer is larger than " + std::to_string(limit) + " bytes";
    }

} // namespace

class Network::Worker {
public:
    Worker(NetworkSettings settings, std::function<void()> wake)
        : settings_(std::move(settings)),
          credentials_(headers_of(settings_.credentials)),
          credentials_origin_(origin_of(settings_.api_url)),
          wake_(std::move(wake)),
          loop_(settings_.http),
          thread_([this] { work(); })
    {
    }

    ~Worker()
    {
        {
            std::scoped_lock const lock(mutex_);
            stopping_ = true;
        }
        loop_.wake();
        thread_.join();
    }

    void perform(Effect const& effect)
    {
        {
            std::scoped_lock const lock(mutex_);
            effects_.push_back(effect);
        }
        loop_.wake();
    }

    std::vector<Arrival> take_arrivals()
    {
        std::scoped_lock const lock(mutex_);
        return std::exchange(arrivals_, {});
    }

    // On the network's thread from here on, one overload for each effect.
    void operator()(Fetch const& fetch)
    {
        auto answer = std::make_shared<HttpAnswer>();
        answer->id = fetch.id;
        HttpRequest request = request_for(fetch.url);
        request.headers
            = {{.name = "Accept", .value = "application/json"}, {.name = "Cache-Control", .value = "no-cache"}};
        fetches_[fetch.id] = loop_.start(std::move(request),
            {.on_head =
                    [answer](HttpHead const& head) {
                        answer->status = head.status;
                        answer->content_type = head.content_type;
                        answer->date = parse_http_date(head.date);
                        return true;
                    },
                .on_body =
                    [this, answer](std::string_view bytes) {
                        std::size_t const taken = answer->body.size();
                        bool const fits = bytes.size() <= settings_.max_answer_bytes - taken;
                        if (fits)
                            answer->body += bytes;
                        else
                            fail(std::move(*answer), too_large(settings_.max_answer_bytes), taken + bytes.size());
                        return fits;
                    },
                .on_end =
                    [this, answer](std::string const& failure) {
                        if (failure.empty())
                            finish(std::move(*answer));
                        else
                            fail(std::move(*answer), failure);
                    }});
    }

    void operator()(AbortFetch const& abort)
    {
        auto const found = fetches_.find(abort.id);
        if (found == fetches_.end())
            return;
        loop_.cancel(found->second);
        fetches_.erase(found);
    }

    void operator()(OpenStream const& open)
    {
        EventStream::Settings settings;
        settings.request = request_for(open.url);
        streams_[open.id] = std::make_unique<EventStream>(
            loop_, std::move(settings), [this, id = open.id](EventStream::News news) { tell(id, std::move(news)); });
    }

    void operator()(CloseStream const& close) { streams_.erase(close.id); }
    void operator()(SetAddress const&) {}
    void operator()(AskToNotify const&) {}
    void operator()(Notify const&) {}
    void operator()(SetClipboard const&) {}
    void operator()(OpenLink const&) {}
    void operator()(SaveFile const&) {}
    void operator()(DrawPicture const&) {}
    void operator()(StorePreferences const&) {}

private:
    void work()
    {
        while (true) {
            Effects effects;
            {
                std::scoped_lock const lock(mutex_);
                if (stopping_)
                    return;
                effects = std::exchange(effects_, {});
            }
            for (Effect const& effect : effects)
                std::visit(*this, effect);
            for (auto const& [id, stream] : streams_)
                stream->tick(EventStream::Clock::now());
            publish();
            loop_.run(until_next_timer());
            publish();
        }
    }

    std::chrono::milliseconds until_next_timer() const
    {
        auto const now = EventStream::Clock::now();
        auto next = now + std::chrono::hours{1};
        for (auto const& [id, stream] : streams_)
            next = std::min(next, stream->next_timer().value_or(next));
        return std::chrono::ceil<std::chrono::milliseconds>(std::max(next, now) - now);
    }

    // Hands over what has been collected.
    void publish()
    {
        if (collected_.empty())
            return;
        {
            std::scoped_lock const lock(mutex_);
            std::ranges::move(collected_, std::back_inserter(arrivals_));
        }
        collected_.clear();
        wake_();
    }

    HttpRequest request_for(std::string const& url) const
    {
        return {.url = url, .headers = {}, .credentials = credentials_, .credentials_origin = credentials_origin_};
    }

    void finish(HttpAnswer&& answer)
    {
        fetches_.erase(answer.id);
        collected_.emplace_back(std::move(answer));
    }

    // `refused_bytes`: of an answer that is too large.
    void fail(HttpAnswer&& answer, std::string failure, std::uint64_t refused_bytes = 0)
    {
        finish({.id = answer.id,
            .status = 0,
            .content_type = {},
            .date = std::nullopt,
            .body = {},
            .failure = std::move(failure),
            .refused_bytes = refused_bytes});
    }

    void tell(StreamId id, EventStream::News news)
    {
        if (std::holds_alternative<EventStream::Opened>(news))
            collected_.emplace_back(StreamOpened{id});
        else if (auto* const message = std::get_if<SseMessage>(&news))
            collected_.emplace_back(StreamMessage{id, std::move(*message)});
        else if (auto const* const lost = std::get_if<EventStream::Lost>(&news))
            collected_.emplace_back(StreamLost{id, lost->reopens});
    }

    NetworkSettings const settings_;
    HttpHeaders const credentials_;
    std::optional<Origin> const credentials_origin_;
    std::function<void()> const wake_;

    // Shared with the caller's thread.
    std::mutex mutex_;
    bool stopping_ = false;
    Effects effects_;
    std::vector<Arrival> arrivals_;

    // Of the network's thread; the loop goes last, since streams tell it that they go.
    HttpLoop loop_;
    std::unordered_map<RequestId, HttpLoop::TransferId> fetches_;
    std::unordered_map<StreamId, std::unique_ptr<EventStream>> streams_;
    std::vector<Arrival> collected_;

    std::thread thread_; // last: it begins when all else is there
};

Network::Network(NetworkSettings settings, std::function<void()> wake)
    : worker_(std::make_unique<Worker>(std::move(settings), std::move(wake)))
{
}

Network::~Network() = default;

void Network::perform(Effect const& effect)
{
    worker_->perform(effect);
}

std::vector<Arrival> Network::take_arrivals()
{
    return worker_->take_arrivals();
}

} // namespace pev::native
