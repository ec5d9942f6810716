#include "shared/live/enrichment.h"
#include "tests/unit/support/builders.h"

#include <catch2/catch_test_macros.hpp>

using namespace pev;
using namespace pev::test;

TEST_CASE(
    "a step whose end no document has told is asked for, two seconds later again, three times in all", "[enrichment]")
{
    StepRun const ended = step("research", ExecutionState::Success);
    Enrichment enrichment;
    Instant now = at(0);
    for (RequestId request = 1; request <= 3; ++request) {
        REQUIRE(enrichment.is_due(ended, now));
        enrichment.asked(ended, request);
        CHECK_FALSE(enrichment.is_due(ended, now)); // under way
        enrichment.answered(now);
        if (request == 3)
            break;
        CHECK(enrichment.next_timer() == now + std::chrono::seconds{2});
        CHECK_FALSE(enrichment.is_due(ended, now + std::chrono::seconds{2} - Duration{1}));
        now += std::chrono::seconds{2};
    }
    CHECK_FALSE(enrichment.next_timer());
    CHECK_FALSE(enrichment.is_due(ended, now + std::chrono::hours{1}));
}

TEST_CASE("steps that go on, and steps that a document has told whole, are not asked for", "[enrichment]")
{
    Enrichment enrichment;
    CHECK_FALSE(enrichment.is_due(step("research", ExecutionState::Running), at(0)));
    StepRun documented = step("research", ExecutionState::Success);
    documented.documented = true;
    CHECK_FALSE(enrichment.is_due(documented, at(0)));
}
