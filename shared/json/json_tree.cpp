#include "shared/json/json_tree.h"

#include "shared/json/json_parser.h"

#include <nlohmann/json.hpp>

#include <cstdlib>

namespace pev {

Result<JsonTree> JsonTree::parse(std::string text, int max_depth)
{
    return JsonParser{std::move(text), max_depth}.finish();
}

JsonView JsonTree::root() const
{
    return at(0);
}

bool JsonView::truth(bool otherwise) const
{
    return is(JsonKind::Boolean) ? raw() == "true" : otherwise;
}

double JsonView::number(double otherwise) const
{
    // Floating-point from_chars is missing in both libraries that we build with.
    return is(JsonKind::Number) ? std::strtod(std::string{raw()}.c_str(), nullptr) : otherwise;
}

std::size_t JsonView::size() const
{
    return tree_ == nullptr ? 0 : tree_->nodes_[index_].child_count;
}

JsonView JsonView::operator[](std::string_view key) const
{
    JsonView found;
    if (is(JsonKind::Object)) {
        for (JsonView const member : children()) {
            if (member.key() == key)
                found = member;
        }
    }
    return found;
}

JsonView JsonView::either(std::string_view camel, std::string_view snake) const
{
    JsonView const value = (*this)[camel];
    return value ? value : (*this)[snake];
}

std::string json_quote(std::string_view text)
{
    // Broken UTF-8 becomes U+FFFD instead of an exception.
    return nlohmann::json(text).dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

} // namespace pev
