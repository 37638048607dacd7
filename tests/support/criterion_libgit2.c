/* Criterion has libgit2 for the differences that its newer assertions print. It
 * starts it in every test's process, where loading it, with Kerberos, TLS and
 * SSH, and reading the system's certificates took two thirds of the time of an
 * empty test. Our tests use none of these assertions; this takes its place. */

int git_libgit2_init(void);
int git_libgit2_shutdown(void);
int git_diff_buffers(void);

int git_libgit2_init(void)
{
    return 1; /* the number of times it was started */
}

int git_libgit2_shutdown(void)
{
    return 0; /* the number of times it is still to be stopped */
}

int git_diff_buffers(void)
{
    return -1; /* that it failed */
}
