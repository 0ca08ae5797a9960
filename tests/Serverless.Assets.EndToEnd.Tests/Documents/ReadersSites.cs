namespace Serverless.Assets.EndToEnd.Tests.Documents;

/// <summary>What a reader of a page has made before: commands for a shell.</summary>
internal static class ReadersSites
{
    /// <summary>
    /// Deployed twice to dev, with one file changed since and one taken away; an Asset that nothing needs any more.
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

    /// <returns>Null: nothing.</returns>
    public static string? Of(string page) => page == "docs/cli.md" ? DeployedAndChanged : null;
}
