# project_options: what every target of this project is compiled with; and
# project_warnings: the same without the sanitizers and coverage, for what is
# loaded into a program before their libraries are ready. Warnings become errors
# only in the presets (CMAKE_COMPILE_WARNING_AS_ERROR): a user's newer compiler
# must not fail.
add_library(project_warnings INTERFACE)
add_library(project_options INTERFACE)
target_link_libraries(project_options INTERFACE project_warnings)
target_compile_definitions(project_warnings INTERFACE _POSIX_C_SOURCE=200809L
                                                      _GNU_SOURCE)
target_compile_options(project_warnings INTERFACE
    -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wsign-conversion
    -Wformat=2 -Wvla -Wundef -Wpointer-arith -Wwrite-strings
    $<$<COMPILE_LANGUAGE:C>:-Wstrict-prototypes -Wmissing-prototypes
                            -Wold-style-definition>
    $<$<COMPILE_LANGUAGE:CXX>:-Wnon-virtual-dtor -Woverloaded-virtual>
    "$<$<COMPILE_LANGUAGE:C>:SHELL:-include ${PROJECT_SOURCE_DIR}/common/banned.h>")
target_include_directories(project_warnings INTERFACE ${PROJECT_SOURCE_DIR})
if(MORGUE_SANITIZE)
    target_compile_options(project_options INTERFACE
        -fsanitize=${MORGUE_SANITIZE} -fno-omit-frame-pointer
        -fno-sanitize-recover=undefined)
    target_link_options(project_options INTERFACE
        -fsanitize=${MORGUE_SANITIZE})
    # A test is a process, and a third of an empty one's time was the loading
    # of GCC's shared runtimes (Clang links its own statically anyway).
    if(CMAKE_C_COMPILER_ID STREQUAL GNU)
        target_link_options(project_options INTERFACE
            -static-libasan -static-libubsan)
    endif()
endif()
if(MORGUE_COVERAGE)
    target_compile_options(project_options INTERFACE --coverage)
    target_link_options(project_options INTERFACE --coverage)
endif()
