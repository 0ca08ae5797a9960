namespace Serverless.Assets.Reporting.Html;

/// <summary>A folder, a file, or several small files as one, in its place.</summary>
internal sealed record TreemapCell(SizeTree Tree, Area Area, int Depth)
{
    public bool IsFolder => Tree.Children.Count > 0;
}
