/** Signed proof of who asks. */
export const CALLER_HEADER = 'doorstroom-caller';
/** Instant, in milliseconds since 1970, after which the asker no longer waits. */
export const DEADLINE_HEADER = 'doorstroom-deadline';
/** By how many milliseconds a demo moved the date, as far as the asker knows; absent outside a demo. */
export const CLOCK_HEADER = 'doorstroom-clock';
/** W3C trace context. */
export const TRACE_HEADER = 'traceparent';
