/** The build puts the text of this style sheet, minified, in place of its import. */
declare module '*/launcher.css' {
  const text: string;
  export default text;
}

/** The build writes this style sheet as a file of its own, and gives its path and its integrity. */
declare module '*/panel.css' {
  export const path: string;
  export const integrity: string;
}
