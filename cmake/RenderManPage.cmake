# Run by man_page(): PAGE from TEMPLATE and the options that PROGRAM prints.
cmake_minimum_required(VERSION 3.25)

execute_process(COMMAND ${PROGRAM} --help=mdoc
    OUTPUT_VARIABLE options
    OUTPUT_STRIP_TRAILING_WHITESPACE
    COMMAND_ERROR_IS_FATAL ANY)
file(READ ${TEMPLATE} text)
string(FIND "${text}" "\n@OPTIONS@\n" place)
if(place EQUAL -1 OR options STREQUAL "")
    message(FATAL_ERROR "${TEMPLATE} has no line @OPTIONS@, or ${PROGRAM} "
                        "prints no options")
endif()
string(REPLACE "@OPTIONS@" "${options}" text "${text}")
string(REPLACE "@PROJECT_VERSION@" "${PROJECT_VERSION}" text "${text}")
file(WRITE ${PAGE} "${text}")
