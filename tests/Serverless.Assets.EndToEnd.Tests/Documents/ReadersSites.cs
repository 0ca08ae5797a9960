namespace Serverless.Assets.EndToEnd.Tests.Documents;

/// <summary>Shell commands that create what a page requires before its first code block.</summary>
internal static class ReadersSites
{
    /// <summary>
    /// Two deployments to dev, after which one file is changed and one is deleted, and an Asset that nothing uses.
    /// </summary>
    private const string DeployedAndChanged = """
        mkdir -p assets/css web api dist
        echo 'body {}' > assets/css/site.css
        echo '["Ada"]' > assets/names.private.json
        echo old > assets/old.html
        echo older > assets/old.txt
        cp site/index.html dist/page.html
        serverless-assets upload --service-name my-site
        rm assets/old.txt
        serverless-assets upload --service-name my-site
        serverless-assets deploy --environment dev --runtime node22
        echo older still >> assets/old.html
        serverless-assets upload --service-name my-site
        serverless-assets deploy --environment dev
        rm assets/old.html
        echo 'body { color: navy }' > assets/css/site.css
        serverless-assets upload site --service-name my-site --manifest web/serverless-assets.manifest.json
        serverless-assets upload dist --service-name my-site --manifest api/serverless-assets.manifest.json
        """;

    /// <returns>Null: the page requires nothing.</returns>
    public static string? FindCommands(string page) => page == "docs/cli.md" ? DeployedAndChanged : null;
}
