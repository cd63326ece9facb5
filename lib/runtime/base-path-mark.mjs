/**
 * Next writes the base path into what it builds. The pages that are served below a path are built with this one, and the
 * web process writes the real one in its place.
 */
export const basePathMark = "/__path_of_bingealert__";
