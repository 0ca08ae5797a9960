using System.Xml;
using System.Xml.Linq;
using Microsoft.Build.Framework;
using Serverless.Assets.Discovery;

namespace Serverless.Assets.Build.Tasks;

/// <summary>
/// Tells whether an item was named exactly or found by a pattern such as <c>assets/*</c>, which MSBuild does not. It
/// matters for hidden names only, and only then the project file is read.
/// </summary>
internal static class ItemDefinition
{
    private const string ItemName = "ServerlessAsset";

    /// <returns>Whether the file name stands, as it is, in an <c>Include</c> of the file that defines the item; true for names that are not hidden.</returns>
    public static bool Names(ITaskItem item, string fileName)
    {
        if (!HiddenNames.IsHiddenName(fileName, isFolder: false))
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
            return true; // made by a task, or by a file that is gone: named by whoever made it
        }
    }
}
