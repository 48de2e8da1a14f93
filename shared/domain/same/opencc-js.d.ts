/** A dictionary of OpenCC: pairs of characters with a space between, `|` between pairs. The package types its converters only. */
declare module 'opencc-js/dict/TSCharacters' {
  const pairs: string;
  // biome-ignore lint/style/noDefaultExport: the package has it so
  export default pairs;
}
