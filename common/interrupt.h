/* A request to stop, by SIGINT or SIGTERM: the run ends early and in order. A
 * second one ends the process at once, as do all before interrupt_expect(). */
#ifndef COMMON_INTERRUPT_H
#define COMMON_INTERRUPT_H

/* A signal that the process was told to ignore stays ignored. */
void interrupt_expect(void);

/* The signal that came; 0 while there was none. */
int interrupt_signal(void);

/* Threads that are started in between leave the signals to the others, whose
 * system calls are to be interrupted. */
void interrupt_hold(void);
void interrupt_release(void);

#endif
