const files = /^(\/proc\/(uptime|stat|timer_list|driver\/rtc)|\/sys\/class\/rtc\/.*|\/dev\/rtc\d*)$/;

/** Whether the kernel itself tells the time by this file, which nobody moves. */
export const isKernelClock = (path: string): boolean => files.test(path);
