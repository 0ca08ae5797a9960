namespace Serverless.Assets.Cli.Tests.Support;

/// <summary>The repository that the tests were built in.</summary>
internal static class Repository
{
    private const string Marker = "Serverless.Assets.Build.sln";

    /// <summary>Full path of a file of it.</summary>
    public static string PathOf(string relativePath)
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, Marker)))
        {
            folder = folder.Parent;
        }

        Assert.NotNull(folder);
        return Path.Combine(folder.FullName, relativePath);
    }
}
