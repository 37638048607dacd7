# Every library is found by pkg-config; what is missing is named by its Debian
# package.
find_package(PkgConfig REQUIRED)
find_package(Threads REQUIRED)

function(require_library target module version package)
    pkg_check_modules(${target} IMPORTED_TARGET GLOBAL ${module}>=${version})
    if(NOT ${target}_FOUND)
        message(FATAL_ERROR "${module} ${version} or newer is missing. "
                            "On Debian: apt-get install ${package}")
    endif()
endfunction()

require_library(XAPIAN xapian-core 1.4 libxapian-dev)
require_library(ZLIB zlib 1.2 zlib1g-dev)
require_library(UTF8PROC libutf8proc 2.5 libutf8proc-dev)
require_library(LIBDEFLATE libdeflate 1.8 libdeflate-dev)
require_library(LIBARCHIVE libarchive 3.4 libarchive-dev)
require_library(LIBEDIT libedit 3.1 libedit-dev)
require_library(LIBXML2 libxml-2.0 2.9 libxml2-dev)
require_library(BROTLI libbrotlidec 1.0 libbrotli-dev)
require_library(UCHARDET uchardet 0.0.7 libuchardet-dev)
require_library(XXHASH libxxhash 0.8 libxxhash-dev)
require_library(CMARK libcmark 0.29 libcmark-dev)
require_library(YAML yaml-0.1 0.2 libyaml-dev)
if(MORGUE_TESTS)
    require_library(CRITERION criterion 2.4 libcriterion-dev)
    require_library(JANSSON jansson 2.14 libjansson-dev)
endif()
