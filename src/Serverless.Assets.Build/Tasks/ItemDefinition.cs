using System.Xml;
using System.Xml.Linq;
using Microsoft.Build.Framework;
using Serverless.Assets.Discovery;

namespace Serverless.Assets.Build.Tasks;

/// <summary>
/// Determines whether an item was named exactly or found by a pattern such as <c>assets/*</c>. MSBuild does not provide
/// this information for patterns without <c>**</c>. It matters only for hidden names, so the project file is read only
/// for those.
/// </summary>
internal static class ItemDefinition
{
    private const string ItemName = "ServerlessAsset";

    /// <returns>
    /// Whether an <c>Include</c> in the project file that defines the item contains the file name literally. True for a
    /// name that is not hidden.
    /// </returns>
    public static bool Names(ITaskItem item, string fileName)
    {
        if (!Exclusions.HasHiddenName(fileName))
        {
            return true;
        }

        try
        {
            return XDocument
                .Load(item.GetMetadata(MetadataNames.DefiningProjectFullPath))
                .Descendants()
                .Where(element => element.Name.LocalName == ItemName)
                .Any(element =>
                    ((string?)element.Attribute("Include"))?.Contains(fileName, StringComparison.OrdinalIgnoreCase)
                    == true
                );
        }
        catch (Exception failure)
            when (failure is IOException or UnauthorizedAccessException or XmlException or ArgumentException)
        {
            return true; // A task created the item, or the project file no longer exists.
        }
    }
}
