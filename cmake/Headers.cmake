# `all_verify_interface_header_sets` compiles every header alone: one that
# leans on what others include fails. Headers are found, not listed, so that
# none is forgotten.
file(GLOB_RECURSE c_headers CONFIGURE_DEPENDS
    ${PROJECT_SOURCE_DIR}/common/*.h
    ${PROJECT_SOURCE_DIR}/indexer/*.h
    ${PROJECT_SOURCE_DIR}/searcher/*.h
    ${PROJECT_SOURCE_DIR}/tests/*.h)
file(GLOB cxx_headers CONFIGURE_DEPENDS
    ${PROJECT_SOURCE_DIR}/common/engine/*.hh)
set_source_files_properties(${c_headers} PROPERTIES LANGUAGE C)
set_source_files_properties(${cxx_headers} PROPERTIES LANGUAGE CXX)

add_library(headers INTERFACE)
target_sources(headers INTERFACE
    FILE_SET HEADERS BASE_DIRS ${PROJECT_SOURCE_DIR}
    FILES ${c_headers} ${cxx_headers})
# Not project_options: the banned.h that it puts in front of every file would
# hide a missing system header.
target_include_directories(headers INTERFACE ${PROJECT_SOURCE_DIR})
target_compile_definitions(headers INTERFACE _GNU_SOURCE)
target_compile_options(headers INTERFACE -Wall -Wextra -Wno-unused-function)
target_link_libraries(headers INTERFACE PkgConfig::LIBXML2
                                        PkgConfig::XAPIAN)
set_target_properties(headers PROPERTIES VERIFY_INTERFACE_HEADER_SETS ON)
