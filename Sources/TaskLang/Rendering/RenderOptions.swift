/// What a reader of diagnostics may choose.
package struct RenderOptions: Sendable, Hashable {
  /// Colour, or none.
  package var style: RenderStyle
  /// Columns of the screen; source lines are cut to it.
  package var widthColumns: Int
  /// Whether each report names the command that explains its code.
  package var namesExplain: Bool
  /// How many findings of one code in one file are drawn, the others being counted; nil for all.
  package var repeatLimit: Int?
  /// The version of the tool, for formats that name it.
  package var toolVersion: String?

  /// Makes options; those of a pipe by default.
  package init(
    style: RenderStyle = .plain,
    widthColumns: Int = 100,
    namesExplain: Bool = false,
    repeatLimit: Int? = 10,
    toolVersion: String? = nil
  ) {
    self.style = style
    self.widthColumns = max(40, widthColumns)
    self.namesExplain = namesExplain
    self.repeatLimit = repeatLimit
    self.toolVersion = toolVersion
  }
}
