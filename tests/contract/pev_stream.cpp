#include "native/stream_command.h"

int main(int argc, char** argv)
{
    return pev::native::run_stream_command({argv + 1, argv + argc});
}
