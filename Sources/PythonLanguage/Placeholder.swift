import SourceCode
