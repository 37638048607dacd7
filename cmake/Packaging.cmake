# `cpack -G DEB` makes a package that depends on what the programs link.
set(CPACK_GENERATOR DEB)
set(CPACK_PACKAGE_CONTACT "morgue maintainers")
set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS ON)
# Loaded when it is needed, which dpkg-shlibdeps does not see.
set(CPACK_DEBIAN_PACKAGE_DEPENDS
    "libarchive13 | libarchive13t64, libedit2")
set(CPACK_DEBIAN_PACKAGE_SECTION text)
set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_STRIP_FILES ON)
include(CPack)
