# man_page(PROGRAM): docs/PROGRAM.1 from docs/PROGRAM.1.in, in which a line
# @OPTIONS@ stands for what `PROGRAM --help=mdoc` prints from its option table,
# and installs it.
#
# completion(PROGRAM SHELL FILE FOLDER...): what `PROGRAM --help=SHELL` prints,
# installed as FILE in each data FOLDER where SHELL looks for completions.
# Both write into the build folder of the caller.
set(render_script ${CMAKE_CURRENT_LIST_DIR}/RenderManPage.cmake)

function(man_page program)
    set(template ${PROJECT_SOURCE_DIR}/docs/${program}.1.in)
    set(page ${CMAKE_CURRENT_BINARY_DIR}/${program}.1)
    add_custom_command(OUTPUT ${page}
        COMMAND ${CMAKE_COMMAND} -D PROGRAM=$<TARGET_FILE:${program}>
                -D TEMPLATE=${template} -D PAGE=${page}
                -D PROJECT_VERSION=${PROJECT_VERSION} -P ${render_script}
        DEPENDS ${program} ${template} ${render_script}
        VERBATIM)
    add_custom_target(${program}-manual ALL DEPENDS ${page})
    install(FILES ${page} DESTINATION ${CMAKE_INSTALL_MANDIR}/man1)
endfunction()

function(completion program shell file)
    set(output ${CMAKE_CURRENT_BINARY_DIR}/${shell}/${file})
    file(MAKE_DIRECTORY ${CMAKE_CURRENT_BINARY_DIR}/${shell})
    add_custom_command(OUTPUT ${output}
        COMMAND ${program} --help=${shell} > ${output}
        DEPENDS ${program}
        VERBATIM)
    add_custom_target(${program}-${shell} ALL DEPENDS ${output})
    foreach(folder IN LISTS ARGN)
        install(FILES ${output} DESTINATION ${CMAKE_INSTALL_DATADIR}/${folder})
    endforeach()
endfunction()
