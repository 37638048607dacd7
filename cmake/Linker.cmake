# A debug build links more than a hundred test programs: by a linker that takes
# half as long as the default one, where there is one. Releases are left alone:
# link-time optimisation is the compiler's business.
if(CMAKE_BUILD_TYPE STREQUAL Debug)
    include(CheckLinkerFlag)
    foreach(linker gold lld)
        check_linker_flag(CXX -fuse-ld=${linker} MORGUE_LINKER_${linker})
        if(MORGUE_LINKER_${linker})
            add_link_options(-fuse-ld=${linker})
            break()
        endif()
    endforeach()
endif()
