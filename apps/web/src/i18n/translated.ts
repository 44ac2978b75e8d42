/** The shape of a message file in another language: the same keys as the Dutch one, each with a text of its own. */
export type Translated<T> = { readonly [K in keyof T]: T[K] extends string ? string : Translated<T[K]> };
