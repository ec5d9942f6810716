#include "tests/unit/ui/stories.h"
#include "ui/timeline_picture.h"

#include <catch2/catch_test_macros.hpp>

using namespace pev;
using namespace pev::test;
using ui::Role;

TEST_CASE("a picture is as sharp as there is room, and then cut", "[ui][picture]")
{
    CHECK(ui::picture_size(1'000, 2, 8'192).css.y == 1'000);
    CHECK(ui::picture_size(1'000, 2, 8'192).density == 2);
    CHECK(ui::picture_size(4'096, 2, 8'192).height() == 8'192);
    CHECK(ui::picture_size(6'000, 2, 8'192).css.y == 6'000);
    CHECK(ui::picture_size(6'000, 2, 8'192).height() <= 8'192);
    CHECK(ui::picture_size(6'000, 2, 8'192).density > 1);
    CHECK(ui::picture_size(1e6f, 2, 8'192).css.y == 8'192);
    CHECK(ui::picture_size(1e6f, 2, 8'192).density == 1);
    CHECK(ui::picture_size(0, 0.5f, 8'192).height() == 1);
}

TEST_CASE("a picture of the timeline has the run and all its steps, and nothing to click on", "[ui][picture]")
{
    Headless screen{560, 3'000};
    screen.environment.picture = true;
    screen.answer_with_file("failed-run.json");
    screen.frame();
    CHECK(screen.sees(heading("Journalist enrichment")));
    CHECK(screen.count(Role::Option) == screen.state().run->steps.size());
    CHECK(screen.count(Role::Button) <= 2); // those that belong to the text: the run's id, the failed step
    CHECK(screen.last_frame().wanted_height < 3'000);
    CHECK_FALSE(screen.sees(any(Role::SearchBox)));
}

TEST_CASE("a picture that has no room for all steps says how many it has", "[ui][picture]")
{
    Headless screen{560, 420};
    screen.environment.picture = true;
    screen.answer_with_file("failed-run.json");
    screen.frame();
    CHECK(screen.last_frame().wanted_height > 420);
    CHECK(screen.sees(text(containing("The picture ends here: "))));
}
