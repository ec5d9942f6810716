// Event streams: parsed, decoded and applied to a run.
//
// Input: a stream as a server sends it, about the run of tests/data/live-run.initial.json.
#include "shared/live/sse_parser.h"
#include "shared/run/merge.h"
#include "shared/run/reduce.h"
#include "shared/wire/decode.h"
#include "tests/fuzz/fuzzer.h"
#include "tests/fuzz/view_run.h"

#include <fstream>
#include <sstream>
#include <string>
#include <variant>

namespace pev::fuzz {

namespace {

    RunModel const& run_at_start()
    {
        static RunModel const kRun = [] {
            std::ifstream const file(PEV_TEST_DATA "/live-run.initial.json", std::ios::binary);
            std::ostringstream text;
            text << file.rdbuf();
            RunAnswer answer = decode_run_answer(text.str());
            expect(std::holds_alternative<RunModel>(answer), "tests/data/live-run.initial.json is a run");
            return std::get<RunModel>(std::move(answer));
        }();
        return kRun;
    }

    bool is_log_line(RunEvent const& event)
    {
        return std::holds_alternative<StepLogAppended>(event.event);
    }

    void apply(RunModel& run, RunEvent const& event)
    {
        RunModel const before = run;
        Applied const applied = reduce(run, event);
        expect(run.over() || !before.over(), "a run that is over stays over");
        expect(run.steps.size() == before.steps.size(), "events neither add nor remove steps");
        if (applied != Applied::Changed) {
            expect(run.steps == before.steps, "an event that is passed over changes no step");
            expect(run.revision == before.revision, "an event that is passed over leaves the revision alone");
            return;
        }
        if (is_log_line(event))
            return; // only its id would tell that a line came twice
        std::uint64_t const revision = run.revision;
        expect(reduce(run, event) != Applied::Changed, "an event delivered twice changes nothing the second time");
        expect(run.revision == revision, "nor does it leave a new revision");
    }

} // namespace

void run_one(std::string_view input)
{
    SseParser parser;
    std::vector<SseItem> items;
    if (!parser.feed(input, items))
        return;
    RunModel run = run_at_start();
    for (SseItem& item : items) {
        auto* const message = std::get_if<SseMessage>(&item);
        if (message == nullptr)
            continue;
        DecodedEvent decoded = decode_event(message->type, std::move(message->data), std::move(message->id));
        if (auto* const event = std::get_if<RunEvent>(&decoded)) {
            event->happened_by = Instant{};
            apply(run, *event);
        }
    }
    view_run(run);
    merge(run, run_at_start(), {.sent = Instant{}, .received = Instant{}});
    view_run(run);
}

} // namespace pev::fuzz
