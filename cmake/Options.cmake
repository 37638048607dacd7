# What is made from a program's option table (common/options.h) at build time,
# by a small program PROGRAM-options that links the library with the table.

# generate_from_options(PROGRAM HEADER TABLE LIBRARY) builds and installs the
# completions for bash, zsh and fish. HEADER declares the struct option_table
# TABLE, which LIBRARY defines.
function(generate_from_options program header table library)
    set(source ${CMAKE_CURRENT_BINARY_DIR}/${program}-options.c)
    configure_file(${PROJECT_SOURCE_DIR}/cmake/options_main.c.in ${source}
                   @ONLY)
    add_executable(${program}-options ${source})
    target_link_libraries(${program}-options PRIVATE ${library})
    foreach(what man bash zsh fish)
        set(made ${CMAKE_CURRENT_BINARY_DIR}/${program}.${what})
        add_custom_command(
            OUTPUT ${made}
            COMMAND ${program}-options ${what} > ${made}
            DEPENDS ${program}-options VERBATIM)
        list(APPEND all ${made})
    endforeach()
    add_custom_target(${program}-generated ALL DEPENDS ${all})
    set(made ${CMAKE_CURRENT_BINARY_DIR}/${program})
    install(FILES ${made}.bash RENAME ${program}
            DESTINATION ${CMAKE_INSTALL_DATADIR}/bash-completion/completions)
    install(FILES ${made}.zsh RENAME _${program}
            DESTINATION ${CMAKE_INSTALL_DATADIR}/zsh/site-functions)
    install(FILES ${made}.fish
            DESTINATION ${CMAKE_INSTALL_DATADIR}/fish/vendor_completions.d)
endfunction()

# manual_page(PROGRAM SOURCE) makes PROGRAM.1 from SOURCE, in which a line
# @OPTIONS@ stands for the section OPTIONS, and installs it. After
# generate_from_options(), in the same folder.
function(manual_page program source)
    set(page ${CMAKE_CURRENT_BINARY_DIR}/${program}.1)
    set(options ${CMAKE_CURRENT_BINARY_DIR}/${program}.man)
    cmake_path(ABSOLUTE_PATH source)
    add_custom_command(
        OUTPUT ${page}
        COMMAND sed -e "/^@OPTIONS@$/r ${options}" -e "/^@OPTIONS@$/d"
                ${source} > ${page}
        DEPENDS ${source} ${options} VERBATIM)
    add_custom_target(${program}-page ALL DEPENDS ${page})
    add_dependencies(${program}-page ${program}-generated)
    install(FILES ${page} DESTINATION ${CMAKE_INSTALL_MANDIR}/man1)
endfunction()
