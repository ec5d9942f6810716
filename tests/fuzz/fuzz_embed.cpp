// What a host says to an embedded viewer, and what the viewer answers.
//
// Input: commands, one a line.
#include "shared/app/session.h"
#include "shared/embed/command.h"
#include "shared/embed/reporter.h"
#include "shared/json/json_tree.h"
#include "tests/fuzz/fuzzer.h"

#include <algorithm>
#include <fstream>
#include <sstream>

namespace pev::fuzz {

namespace {

    class NoPlatform final : public Platform {
    public:
        void perform(Effect const& effect) override
        {
            if (auto const* const fetch = std::get_if<Fetch>(&effect))
                last_fetch = fetch->id;
        }
        RequestId last_fetch = 0;
    };

    std::string const& a_run()
    {
        static std::string const kRun = [] {
            std::ifstream const file(PEV_TEST_DATA "/live-run.initial.json", std::ios::binary);
            std::ostringstream text;
            text << file.rdbuf();
            return text.str();
        }();
        return kRun;
    }

} // namespace

void run_one(std::string_view input)
{
    NoPlatform platform;
    Options options;
    options.run = "6b0d549b-6f03-475a-9600-a35a099950d8";
    Session session{std::move(options), platform};
    Instant const now{};
    session.start(now);
    HttpAnswer answer;
    answer.status = 200;
    answer.body = a_run();
    answer.id = platform.last_fetch;
    session.arrive(answer, now);
    embed::Reporter reporter;

    while (!input.empty()) {
        std::string_view const line = input.substr(0, input.find('\n'));
        input.remove_prefix(std::min(input.size(), line.size() + 1));
        Result<Action> const action = embed::decode_command(std::string{line});
        if (action)
            session.act(*action, now);
        else
            expect(!action.error().message.empty(), "a refusal has a reason");
        for (std::string const& message : reporter.report(session.state())) {
            auto const tree = JsonTree::parse(message);
            expect(tree && !tree->root()["type"].text().empty(), "each message is JSON and has a type");
        }
        expect(reporter.report(session.state()).empty(), "nothing is told twice");
    }
}

} // namespace pev::fuzz
