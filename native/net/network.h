// Performs the effects that reach the network, and collects what comes back.
//
// Used by: the desktop platform, which takes the arrivals on its own thread when it is woken.
// Threading: a thread of its own does the work. All functions may be called from one other thread.
#pragma once

#include "native/net/http_loop.h"
#include "shared/app/arrival.h"
#include "shared/app/effect.h"
#include "shared/run/model.h"

#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace pev::native {

// They go to the origin of the API and nowhere else, and into no message or log. Empty: none.
struct Credentials {
    std::string cookie; // as in the Cookie header: "session=…; other=…"
    std::string bearer_token;
};

struct NetworkSettings {
    std::string api_url; // whose origin may see the credentials
    Credentials credentials;
    std::size_t max_answer_bytes = most_document_bytes(kRunMemory);
    HttpLoopSettings http;
};

class Network {
public:
    // `wake` is called on the network's thread when there are arrivals to take; it must not wait for anything.
    Network(NetworkSettings settings, std::function<void()> wake);
    // Drops what is under way.
    ~Network();
    Network(Network const&) = delete;
    Network& operator=(Network const&) = delete;

    // Starts it and returns at once. Effects that are none of the network's are passed over.
    void perform(Effect const& effect);
    // What has arrived since the last call, in order.
    std::vector<Arrival> take_arrivals();

private:
    class Worker;
    std::unique_ptr<Worker> worker_;
};

} // namespace pev::native
