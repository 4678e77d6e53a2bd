import ArgumentParser

/// The root of the command line.
@main
struct LowRank: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "lowrank", abstract: "See how low-rank a matrix really is.", version: "0.1.0",
    subcommands: [Explore.self],
    defaultSubcommand: Explore.self)
}
