/** A `ref` for what takes the place of the thing that had the focus: one goes on from where one was. */
export const takeFocus = (element: HTMLElement | null) => element?.focus();
