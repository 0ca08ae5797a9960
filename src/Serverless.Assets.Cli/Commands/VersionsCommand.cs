using System.CommandLine;

namespace Serverless.Assets.Cli.Commands;

/// <summary><c>serverless-assets versions</c>: the operations of the service on the versions of one Asset.</summary>
internal sealed class VersionsCommand : Command
{
    public VersionsCommand(CliConsole console)
        : base("versions", "Create, get and list the versions of a single Asset")
    {
        Subcommands.Add(new VersionsCreateCommand(console));
        Subcommands.Add(new VersionsGetCommand(console));
        Subcommands.Add(new VersionsListCommand(console));
    }
}
